using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;

namespace Jobs.Cdk.Functions;

/// <summary>The function that the ends of tasks wake, and the rule that brings them to its inbox.</summary>
internal sealed class OnTaskStopped(FunctionFactory functions)
{
    public Inbox Inbox { get; } = functions.AddInbox("StoppedTasks", nameof(OnTaskStopped), FunctionTimes.Intake);

    public CfnRule AddRule(Construct scope, string stack, Compute compute, Queue undelivered) => Delivery.OnEvents(
        scope,
        "TaskStopped",
        RuleName.Own(stack, "task-stopped"),
        "Ends of tasks",
        StoppedTasks(stack, compute),
        Delivery.To("Inbox", Inbox.Queue.QueueArn, undelivered));

    /// <summary>
    /// In a cluster that was given, the stack's tasks only: RunTask puts each into the group of its family.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
    /// </summary>
    private static Dictionary<string, object> StoppedTasks(string stack, Compute compute)
    {
        var detail = new Dictionary<string, object>
        {
            ["clusterArn"] = new[] { compute.Cluster.ClusterArn },
            ["lastStatus"] = new[] { "STOPPED" },
        };
        if (compute.IsGiven)
        {
            detail["group"] = new[] { new Dictionary<string, object> { ["prefix"] = $"family:{Names.Prefix(stack)}" } };
        }

        return new()
        {
            ["source"] = new[] { "aws.ecs" },
            ["detail-type"] = new[] { "ECS Task State Change" },
            ["detail"] = detail,
        };
    }
}
