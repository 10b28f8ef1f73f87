using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Scheduler;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

/// <summary>
/// What brings planned times to their inbox: without a time zone a rule of EventBridge, which knows only UTC and costs
/// nothing; with one EventBridge Scheduler, which knows summer and winter.
/// </summary>
/// <param name="inbox">Where planned times go.</param>
/// <param name="undelivered">Where those go that could not be delivered.</param>
internal sealed class ScheduleDelivery(Construct parent, Queue inbox, Queue undelivered)
{
    /// <summary>
    /// The longest that both services try.
    /// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
    /// </summary>
    private const int LongestTrySeconds = 86_400;

    private const int MostTries = 185;

    private readonly string _stack = Stack.Of(parent).StackName;

    private CfnScheduleGroup? _group;
    private Role? _role;

    /// <returns>The rule or the schedule.</returns>
    public CfnResource Add(Job job, ScheduleTrigger trigger)
    {
        if (trigger.TimeZone is null) return AddRule(job, trigger);
        var schedule = AddSchedule(job, trigger);
        schedule.Node.AddDependency(SenderRole().Node.FindChild("DefaultPolicy"));
        return schedule;
    }

    /// <summary>
    /// The event's time is the planned one, and the same in every copy.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
    /// </summary>
    private CfnRule AddRule(Job job, ScheduleTrigger trigger)
    {
        var target = Delivery.To("Inbox", inbox.QueueArn, undelivered);
        target.InputTransformer = new CfnRule.InputTransformerProperty
        {
            InputPathsMap = new Dictionary<string, string> { ["plannedAt"] = "$.time" },
            InputTemplate = Message(job, trigger, "<plannedAt>"),
        };
        return Delivery.OnSchedule(
            job,
            Id(trigger),
            RuleNameOf(_stack, job.Definition.Name, trigger.Name),
            Description(job, trigger),
            trigger.Expression,
            !trigger.Disabled,
            target);
    }

    /// <summary>The rule of a schedule without a time zone.</summary>
    public static string RuleNameOf(string stack, string job, string schedule) =>
        RuleName.Of(stack, job, Id(schedule));

    /// <summary>
    /// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html for the planned
    /// time.
    /// </summary>
    private CfnSchedule AddSchedule(Job job, ScheduleTrigger trigger) => new(job, Id(trigger), new CfnScheduleProps
    {
        Name = Names.Schedule(job.Definition.Name, trigger.Name),
        Description = Description(job, trigger),
        GroupName = Group().Ref,
        ScheduleExpression = trigger.Expression,
        ScheduleExpressionTimezone = trigger.TimeZone,
        State = trigger.Disabled ? "DISABLED" : "ENABLED",
        FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
        Target = new CfnSchedule.TargetProperty
        {
            Arn = inbox.QueueArn,
            RoleArn = SenderRole().RoleArn,
            Input = Message(job, trigger, "\"<aws.scheduler.scheduled-time>\""),
            RetryPolicy = new CfnSchedule.RetryPolicyProperty
            {
                MaximumEventAgeInSeconds = LongestTrySeconds,
                MaximumRetryAttempts = MostTries,
            },
            DeadLetterConfig = new CfnSchedule.DeadLetterConfigProperty { Arn = undelivered.QueueArn },
        },
    });

    private CfnScheduleGroup Group() =>
        _group ??= new CfnScheduleGroup(parent, "ScheduleGroup", new CfnScheduleGroupProps { Name = _stack });

    /// <summary>
    /// https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html for the
    /// condition.
    /// </summary>
    private Role SenderRole()
    {
        if (_role is not null) return _role;
        _role = new Role(parent, "ScheduleRole", new RoleProps
        {
            Description = "What EventBridge Scheduler may do: bring planned times to their inbox",
            AssumedBy = new ServicePrincipal("scheduler.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object>
                    {
                        ["aws:SourceAccount"] = Stack.Of(parent).Account,
                        ["aws:SourceArn"] = Group().AttrArn,
                    },
                },
            }),
        });
        _role.AddToPrincipalPolicy(Statements.Send("SendPlannedTimes", inbox));
        _role.AddToPrincipalPolicy(Statements.Send("KeepUndelivered", undelivered));
        return _role;
    }

    private static string Id(ScheduleTrigger trigger) => Id(trigger.Name);

    private static string Id(string schedule) => $"Schedule {schedule}";

    private static string Description(Job job, ScheduleTrigger trigger) =>
        $"Schedule {trigger.Name} of {job.Definition.Name}";

    private static string Message(Job job, ScheduleTrigger trigger, string plannedAt) =>
        $$"""{"job": {{JsonSerializer.Serialize(job.Definition.Name)}}, "schedule": {{JsonSerializer.Serialize(trigger.Name)}}, "plannedAt": {{plannedAt}}}""";
}
