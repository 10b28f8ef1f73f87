using Amazon.Runtime.StandIn;

namespace Amazon.ECS.Model.Wire;

internal static class Operations
{
    // Before the operations: they take it when they are made.
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceNamespace = "Amazon.ECS",
        TargetPrefix = "AmazonEC2ContainerServiceV20141113.",
        ContentType = "application/x-amz-json-1.1",
        ApiVersion = "2014-11-13",
        CreateException = Errors.Create,
    };

    public static readonly JsonOperation<RunTaskRequest, RunTaskResponse> RunTask =
        new(Protocol, "RunTask", Write.RunTaskRequest, Read.RunTaskResponse);

    public static readonly JsonOperation<StopTaskRequest, StopTaskResponse> StopTask =
        new(Protocol, "StopTask", Write.StopTaskRequest, Read.StopTaskResponse);

    public static readonly JsonOperation<DescribeTasksRequest, DescribeTasksResponse> DescribeTasks =
        new(Protocol, "DescribeTasks", Write.DescribeTasksRequest, Read.DescribeTasksResponse);

    public static readonly JsonOperation<ListTasksRequest, ListTasksResponse> ListTasks =
        new(Protocol, "ListTasks", Write.ListTasksRequest, Read.ListTasksResponse);

    public static readonly JsonOperation<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse> DescribeTaskDefinition =
        new(Protocol, "DescribeTaskDefinition", Write.DescribeTaskDefinitionRequest, Read.DescribeTaskDefinitionResponse);

    public static readonly JsonOperation<DescribeServicesRequest, DescribeServicesResponse> DescribeServices =
        new(Protocol, "DescribeServices", Write.DescribeServicesRequest, Read.DescribeServicesResponse);

    public static readonly JsonOperation<UpdateServiceRequest, UpdateServiceResponse> UpdateService =
        new(Protocol, "UpdateService", Write.UpdateServiceRequest, Read.UpdateServiceResponse);

    public static readonly JsonOperation<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse> UpdateTaskProtection =
        new(Protocol, "UpdateTaskProtection", Write.UpdateTaskProtectionRequest, Read.UpdateTaskProtectionResponse);
}
