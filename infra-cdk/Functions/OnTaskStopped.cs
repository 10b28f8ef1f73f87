using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Infra.Ground;
using Jobs.Infra.Queues;

namespace Jobs.Infra.Functions;

/// <summary>The function that the ends of tasks wake, and the rule that brings them to its inbox.</summary>
internal sealed class OnTaskStopped(FunctionFactory functions)
{
    public Inbox Inbox { get; } = functions.AddInbox("StoppedTasks", nameof(OnTaskStopped), FunctionTimes.Intake);

    public CfnRule AddRule(Construct scope, string stack, Cluster cluster, Queue undelivered) => Delivery.OnEvents(
        scope,
        "TaskStopped",
        RuleName.Own(stack, "task-stopped"),
        "Ends of tasks",
        StoppedTasks(cluster),
        Delivery.To("Inbox", Inbox.Queue.QueueArn, undelivered));

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html</summary>
    private static Dictionary<string, object> StoppedTasks(Cluster cluster) => new()
    {
        ["source"] = new[] { "aws.ecs" },
        ["detail-type"] = new[] { "ECS Task State Change" },
        ["detail"] = new Dictionary<string, object>
        {
            ["clusterArn"] = new[] { cluster.ClusterArn },
            ["lastStatus"] = new[] { "STOPPED" },
        },
    };
}
