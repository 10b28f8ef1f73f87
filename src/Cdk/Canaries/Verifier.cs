using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Functions;
using Jobs.Cdk.Permissions;
using Jobs.Cdk.Queues;
using Jobs.Core;
using static Jobs.Cdk.Ground.Statements;

namespace Jobs.Cdk.Canaries;

/// <summary>
/// The role that verifies the stack, and may do nothing else: what <c>dotnet jobs verify</c> calls, on what it calls it
/// on. Its name is known before the stack is there.
/// </summary>
internal static class Verifier
{
    /// <param name="functions">Complete, with the inboxes.</param>
    /// <param name="queue">The queue of the canaries.</param>
    public static void Add(Construct scope, IPrincipal trusted, Shared shared, IConstruct functions, Job queue)
    {
        var stack = Stack.Of(scope);
        var inboxes = functions.Node.FindAll().OfType<DeadLetters>().Select(letters => letters.Queue.QueueArn);
        _ = new Role(scope, "Verifier", new RoleProps
        {
            RoleName = PipelineNames.Verifier(shared.StackName, stack.Region),
            Description = "May verify the stack, and do nothing else",
            AssumedBy = trusted,
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Verify"] = new(new PolicyDocumentProps
                {
                    Statements = [.. Look(stack, shared, [.. inboxes]), .. Act(stack, shared, queue)],
                }),
            },
        });
    }

    private static IEnumerable<PolicyStatement> Look(Stack stack, Shared shared, string[] inboxes) =>
    [
        Allow("FindParts", ["cloudformation:DescribeStacks"], [stack.StackId]),
        Allow(
            "ReadRuns",
            ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
            [
                shared.Storage.Runs.TableArn, $"{shared.Storage.Runs.TableArn}/index/*",
                shared.Storage.Results.TableArn,
            ]),
        Allow(
            "ReadLog",
            ["logs:GetLogEvents"],
            [ArnOf(stack, "logs", $"log-group:{Names.LogGroup(shared.StackName, CanaryNames.Canary)}:log-stream:*")]),
        Allow("FindSubscriptions", ["sns:ListSubscriptionsByTopic"], [shared.Alerts.Topic.TopicArn]),
        Allow(
            "CountDeadLetters",
            ["sqs:GetQueueAttributes"],
            [
                .. inboxes, shared.Commands.DeadLetters.QueueArn,
                ArnOf(stack, "sqs", Names.JobQueue(shared.StackName, "*")),
            ]),
        .. StorageKeys.UseKeys(stack, shared.Storage),
    ];

    private static IEnumerable<PolicyStatement> Act(Stack stack, Shared shared, Job queue) =>
    [
        Send("SendCommands", shared.Commands.Queue),
        Allow(
            "Upload",
            ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
            [shared.Storage.Bucket.ArnForObjects($"{CanaryNames.Prefix}*")]),
        Allow("UseQueue", ["sqs:SendMessage", "sqs:PurgeQueue"], [queue.Queue!.QueueArn]),
        Allow(
            "SwitchSchedule",
            ["events:EnableRule", "events:DisableRule"],
            [
                ArnOf(
                    stack,
                    "events",
                    $"rule/{ScheduleDelivery.RuleNameOf(shared.StackName, CanaryNames.Canary, CanaryNames.Schedule)}"),
            ]),
    ];

    private static string ArnOf(Stack stack, string service, string resource) =>
        $"arn:{stack.Partition}:{service}:{stack.Region}:{stack.Account}:{resource}";
}
