using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using static Jobs.Infra.Statements;

namespace Jobs.Infra;

/// <summary>
/// What the functions' roles may do. All that there is once for each job is allowed by a pattern of the stack's names:
/// a policy that grew with the jobs would meet IAM's limits, and would change under the functions while they work.
/// </summary>
internal sealed class FunctionPermissions(JobRunner runner)
{
    private readonly Stack _stack = Stack.Of(runner);

    /// <summary>
    /// Every function may have to decide about a run and carry the decision out: launch, look for the task of a launch
    /// whose sender died, stop, alert.
    /// </summary>
    public IEnumerable<PolicyStatement> MoveRuns() =>
    [
        KeepRuns(),
        FindRuns(),
        ReadRecords(),
        .. Launch(),
        .. Watch(),
        StopTasks(),
        PublishAlerts(),
        EncryptAlerts(),
        ReadArrays(),
    ];

    /// <summary>How full the jobs' queues are.</summary>
    public PolicyStatement ReadBacklogs() =>
        Allow("ReadBacklogs", ["sqs:GetQueueAttributes"], [Arn("sqs", Names.JobQueue(runner.StackName, "*"))]);

    /// <summary>
    /// The number of tasks is all that is changed: whose task definition it is, the function could pass no role to.
    /// </summary>
    public PolicyStatement WakeServices() => Allow(
        "WakeServices",
        ["ecs:DescribeServices", "ecs:UpdateService"],
        [EcsArn("service", $"{runner.Cluster.ClusterName}/{Names.Service(runner.StackName, "*")}")]);

    /// <summary>Only the tick replays: it finds what to run again, and reads no object.</summary>
    public PolicyStatement FindUploads() => Allow("FindUploads", ["s3:ListBucketVersions"], [runner.Bucket.BucketArn]);

    public static PolicyStatement Send(string sid, IQueue queue) => Allow(sid, ["sqs:SendMessage"], [queue.QueueArn]);

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html</summary>
    public static PolicyStatement Receive(IQueue inbox) => Allow(
        "ReceiveInbox", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], [inbox.QueueArn]);

    /// <summary>The query is for a run's attempts, which an alert lists.</summary>
    private PolicyStatement KeepRuns() => Allow(
        "KeepRuns",
        ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
        [runner.RunsTable.TableArn]);

    private PolicyStatement FindRuns() => Allow(
        "FindRuns",
        ["dynamodb:Query"],
        [.. new[] { Names.WatchIndex, Names.WaitingIndex, Names.HistoryIndex }.Select(index => $"{runner.RunsTable.TableArn}/index/{index}")]);

    private PolicyStatement ReadRecords() => Allow(
        "ReadRecords", ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem"], [runner.ResultsTable.TableArn]);

    /// <summary>Whichever function hears of a child's end begins the next of its array.</summary>
    private PolicyStatement ReadArrays() => Allow("ReadArrays", ["s3:GetObject"], [runner.Bucket.ArnForObjects($"{Names.ArraysPrefix}*")]);

    private IEnumerable<PolicyStatement> Launch() => [RunTasks(), PassRoles(), TagNewTasks()];

    private IEnumerable<PolicyStatement> Watch() => [DescribeTasks(), ListTasks()];

    private PolicyStatement RunTasks() => Allow(
        "RunTasks",
        ["ecs:RunTask"],
        [EcsArn("task-definition", $"{Names.TaskFamily(runner.StackName, "*")}:*")],
        OnThisCluster());

    private PolicyStatement PassRoles() => Allow(
        "PassRoles",
        ["iam:PassRole"],
        [JobRoles()],
        When("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com"));

    private PolicyStatement TagNewTasks() => Allow(
        "TagNewTasks", ["ecs:TagResource"], [Tasks()], When("StringEquals", "ecs:CreateAction", "RunTask"));

    private PolicyStatement StopTasks() => Allow("StopTasks", ["ecs:StopTask"], [Tasks()]);

    private PolicyStatement DescribeTasks() => Allow("DescribeTasks", ["ecs:DescribeTasks"], [Tasks()]);

    /// <summary>
    /// Its one resource type is the container instance, which Fargate has not: AWS then asks for *, and the cluster is the condition.
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    /// </summary>
    private PolicyStatement ListTasks() => Allow("ListTasks", ["ecs:ListTasks"], ["*"], OnThisCluster());

    private PolicyStatement PublishAlerts() => Allow("PublishAlerts", ["sns:Publish"], [runner.Alerts.TopicArn]);

    /// <summary>https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html</summary>
    private PolicyStatement EncryptAlerts() => Allow("EncryptAlerts", ["kms:Decrypt", "kms:GenerateDataKey*"], [runner.AlertKey.KeyArn]);

    private Dictionary<string, object> OnThisCluster() => When("ArnEquals", "ecs:cluster", runner.Cluster.ClusterArn);

    /// <summary>IAM has no Region.</summary>
    private string JobRoles() => _stack.FormatArn(new ArnComponents
    {
        Service = "iam",
        Region = "",
        Resource = "role",
        ResourceName = Names.RolePath(runner.StackName).TrimStart('/') + "*",
    });

    private string Tasks() => EcsArn("task", $"{runner.Cluster.ClusterName}/*");

    private string EcsArn(string resource, string name) =>
        _stack.FormatArn(new ArnComponents { Service = "ecs", Resource = resource, ResourceName = name });

    private string Arn(string service, string name) =>
        _stack.FormatArn(new ArnComponents { Service = service, Resource = name });
}
