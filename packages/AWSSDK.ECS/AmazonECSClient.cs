using Amazon.ECS.Model;
using Amazon.ECS.Model.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.StandIn;
using ServiceMetadata = Amazon.Runtime.StandIn.ServiceMetadata;

namespace Amazon.ECS;

public class AmazonECSClient : AmazonServiceClient, IAmazonECS
{
    private static readonly IServiceMetadata Metadata = new ServiceMetadata("ECS");

    public AmazonECSClient()
        : base(new AmazonECSConfig())
    {
    }

    public AmazonECSClient(RegionEndpoint region)
        : base(new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    public AmazonECSClient(AmazonECSConfig config)
        : base(config)
    {
    }

    public AmazonECSClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    public AmazonECSClient(AWSCredentials credentials, AmazonECSConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public virtual Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RunTaskResponse>(request, Operations.RunTask.Options(), cancellationToken);

    public virtual Task<StopTaskResponse> StopTaskAsync(StopTaskRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopTaskResponse>(request, Operations.StopTask.Options(), cancellationToken);

    public virtual Task<DescribeTasksResponse> DescribeTasksAsync(DescribeTasksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTasksResponse>(request, Operations.DescribeTasks.Options(), cancellationToken);

    public virtual Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListTasksResponse>(request, Operations.ListTasks.Options(), cancellationToken);

    public virtual Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(DescribeTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTaskDefinitionResponse>(request, Operations.DescribeTaskDefinition.Options(), cancellationToken);

    public virtual Task<DescribeServicesResponse> DescribeServicesAsync(DescribeServicesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeServicesResponse>(request, Operations.DescribeServices.Options(), cancellationToken);

    public virtual Task<UpdateServiceResponse> UpdateServiceAsync(UpdateServiceRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateServiceResponse>(request, Operations.UpdateService.Options(), cancellationToken);

    public virtual Task<UpdateTaskProtectionResponse> UpdateTaskProtectionAsync(UpdateTaskProtectionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateTaskProtectionResponse>(request, Operations.UpdateTaskProtection.Options(), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => pipeline.ForService("ecs");
}
