using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Jobs.Infra;

/// <summary>Rules and what they deliver to. Written as CloudFormation has it, because what is matched and handed on must be exact.</summary>
internal static class Delivery
{
    public static CfnRule OnEvents(Construct scope, string id, string description, Dictionary<string, object> pattern, CfnRule.TargetProperty target) =>
        new(scope, id, new CfnRuleProps { Description = description, EventPattern = pattern, State = "ENABLED", Targets = new[] { target } });

    public static CfnRule OnSchedule(Construct scope, string id, string description, string schedule, params CfnRule.TargetProperty[] targets) =>
        new(scope, id, new CfnRuleProps { Description = description, ScheduleExpression = schedule, State = "ENABLED", Targets = targets });

    /// <summary>A target whose undeliverable events go to a queue instead of nowhere.</summary>
    public static CfnRule.TargetProperty To(string id, string arn, Queue undelivered) => new()
    {
        Id = id,
        Arn = arn,
        DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = undelivered.QueueArn },
    };

    /// <summary>
    /// Lets these rules, and no others, send to the queue. One statement for all: SQS limits their number.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    /// </summary>
    public static void Admit(this Queue queue, IReadOnlyCollection<CfnRule> rules)
    {
        if (rules.Count == 0) return;
        queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "RulesSend",
            Principals = [new ServicePrincipal("events.amazonaws.com")],
            Actions = ["sqs:SendMessage"],
            Resources = [queue.QueueArn],
            Conditions = Statements.When("ArnEquals", "aws:SourceArn", [.. rules.Select(rule => rule.AttrArn)]),
        }));
    }
}
