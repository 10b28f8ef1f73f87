using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Ground;
using RuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;

namespace Jobs.Cdk.Queues;

/// <summary>
/// Rules and what they deliver to. Written as CloudFormation has it, because what is matched and handed on must be
/// exact.
/// </summary>
internal static class Delivery
{
    /// <param name="name">By <see cref="RuleName"/>: what a rule may reach is decided by it.</param>
    /// <param name="bus">Name or ARN of the bus; null for the default one.</param>
    public static CfnRule OnEvents(
        Construct scope,
        string id,
        string name,
        string description,
        Dictionary<string, object> pattern,
        CfnRule.TargetProperty target,
        string? bus = null) =>
        new(
            scope,
            id,
            new RuleProps
            {
                Name = name,
                Description = description,
                EventBusName = bus,
                EventPattern = pattern,
                State = "ENABLED",
                Targets = new[] { target },
            });

    /// <param name="name">By <see cref="RuleName"/>: what a rule may reach is decided by it.</param>
    /// <param name="enabled">Whether it is deployed switched on.</param>
    public static CfnRule OnSchedule(
        Construct scope,
        string id,
        string name,
        string description,
        string schedule,
        bool enabled,
        params CfnRule.TargetProperty[] targets) =>
        new(
            scope,
            id,
            new RuleProps
            {
                Name = name,
                Description = description,
                ScheduleExpression = schedule,
                State = enabled ? "ENABLED" : "DISABLED",
                Targets = targets,
            });

    /// <summary>A target whose undeliverable events go to a queue instead of nowhere.</summary>
    public static CfnRule.TargetProperty To(string id, string arn, Queue undelivered) => new()
    {
        Id = id,
        Arn = arn,
        DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = undelivered.QueueArn },
    };

    /// <summary>
    /// Lets the stack's rules, and no others, send to the queue: by their names and not one by one, because a queue's
    /// policy has at most 8 KB, and because it must be there before the first rule is.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    /// </summary>
    /// <param name="onNamedBuses">Also those on other buses than the default one.</param>
    public static void AdmitRules(this Queue queue, string stack, bool onNamedBuses = false)
    {
        queue.Admit([RuleName.All(stack), .. onNamedBuses ? [$"*/{RuleName.All(stack)}"] : Array.Empty<string>()]);
    }

    /// <summary>Lets the rules of one job, and no others, send to the queue.</summary>
    public static void AdmitRulesOf(this Queue queue, string stack, string job) =>
        queue.Admit(RuleName.AllOf(stack, job));

    private static void Admit(this Queue queue, params string[] rules)
    {
        queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "RulesSend",
            Principals = [new ServicePrincipal("events.amazonaws.com")],
            Actions = ["sqs:SendMessage"],
            Resources = [queue.QueueArn],
            Conditions = Statements.When(
                "ArnLike", "aws:SourceArn", [.. rules.Select(rule => RuleArn(queue, rule))]),
        }));
    }

    /// <summary>ARN of a rule that need not be there yet.</summary>
    /// <param name="name">Its name, or a pattern of names; on a named bus behind the bus's name and a slash.</param>
    public static string RuleArn(Construct scope, string name) =>
        Stack.Of(scope).FormatArn(new ArnComponents { Service = "events", Resource = "rule", ResourceName = name });

    /// <summary>The queue's policy, which must be there before the first message is sent.</summary>
    public static IConstruct Policy(this Queue queue) => queue.Node.FindChild("Policy");
}
