using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Commons;
using static Jobs.Cdk.Ground.Statements;
using static Jobs.Cdk.Permissions.StorageKeys;

namespace Jobs.Cdk.Permissions;

/// <summary>
/// What the functions' roles may do. All that there is once for each job is allowed by a pattern of the stack's names:
/// a policy that grew with the jobs would meet IAM's limits, and would change under the functions while they work.
/// </summary>
internal sealed class FunctionPermissions(Storage storage, Compute compute, AdminAlerts alerts)
{
    private readonly Stack _stack = Stack.Of(alerts);

    /// <summary>
    /// Every function that works may have to decide about a run and carry the decision out: launch, look for the task
    /// of a launch whose sender died, stop, alert, begin what follows. An effect is whose turn it is, not whose trigger
    /// it was.
    /// </summary>
    public IEnumerable<PolicyStatement> MoveRuns() =>
    [
        KeepRuns(),
        FindRuns(),
        ReadRecords(),
        .. Launch(),
        ListTasks(),
        StopTasks(),
        PublishAlerts(),
        .. alerts.Key is { } key ? [EncryptAlerts(key)] : Array.Empty<PolicyStatement>(),
        ReadArrays(),
        .. UseKeys(_stack, storage),
    ];

    /// <summary>
    /// Only the sweep asks ECS about tasks, and only replays look at runs that are over or at uploads: they read no
    /// object.
    /// </summary>
    /// <param name="others">ARNs of the other buckets than the runner's whose uploads start jobs.</param>
    public IEnumerable<PolicyStatement> LookBack(string[] others) =>
        [DescribeTasks(), FindOldRuns(), FindUploads(others)];

    /// <summary>Replays put uploads into the queues of jobs that take them there.</summary>
    public PolicyStatement SendUploads() =>
        Allow("SendUploads", ["sqs:SendMessage"], [Arn("sqs", Names.JobQueue(_stack.StackName, "*"))]);

    /// <summary>How full the jobs' queues are.</summary>
    public PolicyStatement ReadBacklogs() =>
        Allow("ReadBacklogs", ["sqs:GetQueueAttributes"], [Arn("sqs", Names.JobQueue(_stack.StackName, "*"))]);

    /// <summary>
    /// The number of tasks is all that is changed: whose task definition it is, the function could pass no role to.
    /// </summary>
    public PolicyStatement WakeServices() => Allow(
        "WakeServices",
        ["ecs:DescribeServices", "ecs:UpdateService"],
        [compute.ArnOf("service", Names.Service(_stack.StackName, "*"))]);

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html</summary>
    public static PolicyStatement Receive(IQueue inbox) => Allow(
        "ReceiveInbox", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], [inbox.QueueArn]);

    /// <summary>The query is for a run's attempts, which an alert lists.</summary>
    private PolicyStatement KeepRuns() => Allow(
        "KeepRuns",
        [
            "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
        ],
        [storage.Runs.TableArn]);

    private PolicyStatement FindRuns() => Allow(
        "FindRuns",
        ["dynamodb:Query"],
        [IndexOfRuns(Names.WatchIndex), IndexOfRuns(Names.WaitingIndex)]);

    private PolicyStatement FindOldRuns() =>
        Allow("FindOldRuns", ["dynamodb:Query"], [IndexOfRuns(Names.HistoryIndex)]);

    private PolicyStatement FindUploads(string[] others) =>
        Allow("FindUploads", ["s3:ListBucketVersions"], [storage.Bucket.BucketArn, .. others]);

    private string IndexOfRuns(string index) => $"{storage.Runs.TableArn}/index/{index}";

    private PolicyStatement ReadRecords() => Allow(
        "ReadRecords",
        ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem"],
        [storage.Results.TableArn]);

    /// <summary>Whichever function is told of a child's end begins the next of its array.</summary>
    private PolicyStatement ReadArrays() => Allow(
        "ReadArrays", ["s3:GetObject"], [storage.Bucket.ArnForObjects($"{Names.ArraysPrefix}*")]);

    private IEnumerable<PolicyStatement> Launch() => [RunTasks(), PassRoles(), TagNewTasks()];

    private PolicyStatement RunTasks() => Allow(
        "RunTasks",
        ["ecs:RunTask"],
        [TaskDefinitions()],
        OnThisCluster());

    private PolicyStatement PassRoles() => Allow(
        "PassRoles",
        ["iam:PassRole"],
        [JobRoles()],
        When("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com"));

    private PolicyStatement TagNewTasks() => Allow(
        "TagNewTasks", ["ecs:TagResource"], [compute.AnyTask], When("StringEquals", "ecs:CreateAction", "RunTask"));

    private PolicyStatement StopTasks() => Allow("StopTasks", ["ecs:StopTask"], [compute.AnyTask]);

    private PolicyStatement DescribeTasks() => Allow("DescribeTasks", ["ecs:DescribeTasks"], [compute.AnyTask]);

    /// <summary>
    /// Its one resource type is the container instance, which Fargate has not: AWS then asks for *, and the cluster is
    /// the condition.
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    /// </summary>
    private PolicyStatement ListTasks() => Allow("ListTasks", ["ecs:ListTasks"], ["*"], OnThisCluster());

    private PolicyStatement PublishAlerts() => Allow(
        "PublishAlerts",
        ["sns:Publish"],
        [.. new[] { alerts.Topic, alerts.Successes }.OfType<ITopic>().Select(topic => topic.TopicArn)]);

    /// <summary>
    /// With the star, as SNS asks for it: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    /// </summary>
    private static PolicyStatement EncryptAlerts(IKey key) => Allow(
        "EncryptAlerts", ["kms:Decrypt", "kms:GenerateDataKey*"], [key.KeyArn]);

    private Dictionary<string, object> OnThisCluster() => When("ArnEquals", "ecs:cluster", compute.Cluster.ClusterArn);

    /// <summary>IAM has no Region.</summary>
    private string JobRoles() => _stack.FormatArn(new ArnComponents
    {
        Service = "iam",
        Region = "",
        Resource = "role",
        ResourceName = Names.RolePath(_stack.StackName).TrimStart('/') + "*",
    });

    private string TaskDefinitions() => _stack.FormatArn(new ArnComponents
    {
        Service = "ecs",
        Resource = "task-definition",
        ResourceName = $"{Names.TaskFamily(_stack.StackName, "*")}:*",
    });

    private string Arn(string service, string name) =>
        _stack.FormatArn(new ArnComponents { Service = service, Resource = name });
}
