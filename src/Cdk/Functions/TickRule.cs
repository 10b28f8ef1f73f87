using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;

namespace Jobs.Cdk.Functions;

/// <summary>The rule that wakes functions each minute.</summary>
internal sealed class TickRule(Construct scope, string stack, Queue undelivered)
{
    private readonly string _name = RuleName.Own(stack, "tick");

    /// <param name="ready">Stands for all that has to work before any task may start.</param>
    public CfnRule Add(IReadOnlyCollection<Function> functions, CfnRule ready)
    {
        var targets = functions.Select(Target).ToArray();
        var rule = Delivery.OnSchedule(scope, "Tick", _name, "Wakes the sweep", "rate(1 minute)", true, targets);
        rule.AfterAll([ready, .. functions.Select(Admit)]);
        return rule;
    }

    private CfnRule.TargetProperty Target(Function function)
    {
        // Each function is the child of its construct, which has its name.
        var target = Delivery.To(function.Node.Scope!.Node.Id, function.FunctionArn, undelivered);
        target.RetryPolicy = new CfnRule.RetryPolicyProperty
        {
            MaximumEventAgeInSeconds = FunctionTimes.TickLifetimeSeconds,
        };
        return target;
    }

    private IConstruct Admit(Function function)
    {
        function.AddPermission(
            "Tick",
            new Permission
            {
                Principal = new ServicePrincipal("events.amazonaws.com"),
                SourceArn = Delivery.RuleArn(scope, _name),
            });
        return function.Node.FindChild("Tick");
    }
}
