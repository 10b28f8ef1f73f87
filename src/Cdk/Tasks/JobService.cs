using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Tasks;

/// <summary>
/// The ECS service that takes a queue's messages. It has no desired count of its own: each deployment would set it back
/// to that, whatever the scaling had made of it.
/// </summary>
internal sealed class JobService : Construct
{
    /// <summary>On the service's tasks, which have their tags from the task definition.</summary>
    private const string FamilyTag = "jobs:family";

    public JobService(Job job, string stack, Compute compute, QueueTrigger queue, FargateTaskDefinition task)
        : base(job, "Service")
    {
        var declared = queue.Service ?? new QueueService();
        var service = new CfnService(this, "Service", new CfnServiceProps
        {
            ServiceName = Names.Service(stack, job.Definition.Name),
            Cluster = compute.Cluster.ClusterName,
            TaskDefinition = task.TaskDefinitionArn,
            // Always a strategy, never a launch type: a service cannot change from one to the other.
            CapacityProviderStrategy = new[] { Capacity(job.Definition) },
            NetworkConfiguration = NetworkOf(compute.Network),
            DeploymentConfiguration = Deployment(declared),
            EnableEcsManagedTags = true,
            PropagateTags = "TASK_DEFINITION",
        });
        Tags.Of(task).Add(FamilyTag, job.Family);
        job.Allow(ProtectTasks(compute, job.Family));
        WaitForWhatTasksNeed(service, job, compute);
        _ = new ServiceScaling(this, stack, job, queue, ScalableId(compute, service));
    }

    /// <summary>
    /// A task protects itself while it has a message in hand, by its agent's endpoint. Which task it will be is not
    /// known before, but a tag tells its service's tasks from all others.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    /// </summary>
    private static PolicyStatement ProtectTasks(Compute compute, string family) => Statements.Allow(
        "ProtectTasks",
        ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
        [compute.AnyTask],
        Statements.When("StringEquals", $"aws:ResourceTag/{FamilyTag}", family));

    private static string ScalableId(Compute compute, CfnService service) =>
        Fn.Join("/", ["service", compute.Cluster.ClusterName, service.AttrName]);

    private static CfnService.CapacityProviderStrategyItemProperty Capacity(JobDefinition job) =>
        new() { CapacityProvider = job.Spot ? "FARGATE_SPOT" : "FARGATE", Weight = 1 };

    private static CfnService.NetworkConfigurationProperty NetworkOf(Network network) => new()
    {
        AwsvpcConfiguration = new CfnService.AwsVpcConfigurationProperty
        {
            Subnets = network.Subnets,
            SecurityGroups = network.SecurityGroups,
            AssignPublicIp = network.AssignPublicIp,
        },
    };

    /// <summary>
    /// A deployment whose tasks do not start is taken back.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    /// </summary>
    private static CfnService.DeploymentConfigurationProperty Deployment(QueueService declared) => new()
    {
        MinimumHealthyPercent = declared.MinimumHealthyPercent,
        MaximumPercent = declared.MaximumPercent,
        DeploymentCircuitBreaker = new CfnService.DeploymentCircuitBreakerProperty { Enable = true, Rollback = true },
    };

    /// <summary>
    /// Runs are started long after deployment; the service's first task is started in the midst of it.
    /// </summary>
    private static void WaitForWhatTasksNeed(CfnService service, Job job, Compute compute)
    {
        service.Node.AddDependency(compute.Network.Connection);
        Aspects.Of(service).Add(new Deferred(() =>
        {
            // CDK makes them only now, or when something is granted.
            service.Node.AddDependency([.. job.Policies, .. compute.CapacityProviders]);
        }));
    }
}
