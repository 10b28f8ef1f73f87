using Lapstack.Access;
using Lapstack.Delivery;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// Runs what an alarm does when its state changes: an event on the default bus, and its actions. It publishes to topics
/// and invokes functions, where their policies let CloudWatch in, and triggers scaling policies.
/// </summary>
internal sealed class AlarmActions(
    ITopics topics, ServiceSender sender, IScaling scaling, IEventBus bus, IAuthorizer authorizer, Account account,
    Activity activity, Ids ids)
{
    private readonly Caller _cloudWatch = Caller.Service("cloudwatch.amazonaws.com", account.Id);

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
    private readonly Caller _lambdaAlarms = Caller.Service("lambda.alarms.cloudwatch.amazonaws.com", account.Id);

    /// <param name="newest">The metric's newest value; null when it has none.</param>
    /// <returns>Each action, and why it could not be run; null when it was.</returns>
    public async Task<IReadOnlyList<(string Action, string? Refusal)>> RunAsync(
        Alarm alarm, AlarmStatus before, AlarmStatus after, double? newest, CancellationToken cancellation)
    {
        var change = new AlarmChange(alarm, before, after);
        await bus.PutAsync(
            EventEnvelope.Around(
                change.Detail(),
                "CloudWatch Alarm State Change",
                "aws.cloudwatch",
                after.Since,
                [alarm.Arn],
                account,
                ids),
            cancellation);
        var outcomes = new List<(string Action, string? Refusal)>();
        foreach (var target in alarm.ActionsEnabled ? alarm.Actions[after.State] : [])
        {
            var refusal = await RunAsync(target, change, newest, cancellation);
            if (refusal is not null) activity.Report("CloudWatch", "ActionFailed", $"{alarm.Name}: {refusal}");
            outcomes.Add((target, refusal));
        }
        return outcomes;
    }

    /// <summary>
    /// Scaling goes on, minute after minute, as long as the alarm stays in ALARM; other actions run once.
    /// </summary>
    public void Repeat(Alarm alarm, double? newest)
    {
        if (!alarm.ActionsEnabled) return;
        foreach (var policy in alarm.Actions[AlarmState.ALARM].Where(scaling.Exists)) Scale(policy, alarm, newest);
    }

    /// <returns>Why it could not be run; null when it was.</returns>
    private async Task<string?> RunAsync(
        string target, AlarmChange change, double? newest, CancellationToken cancellation)
    {
        switch (target.Split(':'))
        {
            case [_, _, "sns", ..]:
                return await PublishAsync(target, change, cancellation);
            case [_, _, "lambda", ..]:
                var refusal = await sender.ToFunctionAsync(
                    _lambdaAlarms,
                    change.Alarm.Arn,
                    target,
                    change.Invocation(account).ToJsonString(JsonText.Plain),
                    cancellation);
                return refusal?.Message;
            case [_, _, "autoscaling", ..] when scaling.Exists(target):
                Scale(target, change.Alarm, newest);
                return null;
            default:
                return "the emulator's alarms publish to topics, invoke functions and trigger step scaling policies " +
                    $"of the stack, and cannot do {target}.";
        }
    }

    private void Scale(string policy, Alarm alarm, double? newest)
    {
        if (newest is { } value)
        {
            scaling.Scale(
                policy,
                alarm.Name,
                value - alarm.Threshold,
                alarm.Comparison.StartsWith("Less", StringComparison.Ordinal));
        }
    }

    private async Task<string?> PublishAsync(string topicArn, AlarmChange change, CancellationToken cancellation)
    {
        if (!topics.Exists(topicArn)) return $"the topic {topicArn} does not exist.";
        // On AWS the addresses of a new topic have not confirmed by then, so that such an e-mail reaches none of them.
        if (change is { Before.Reason: AlarmStatus.New, After.State: AlarmState.OK }) return null;
        var context = new Dictionary<string, string[]> { ["aws:SourceArn"] = [change.Alarm.Arn] };
        if (authorizer.Refusal(_cloudWatch, new AccessRequest("sns:Publish", topicArn, context)) is { } refusal)
        {
            return refusal.Sentence;
        }

        var message = new AlarmMessage(change.Alarm, change.Before, change.After, account);
        await topics.PublishAsync(
            topicArn,
            message.Subject,
            message.Json(),
            new Dictionary<string, string> { ["email"] = message.Email() },
            cancellation);
        return null;
    }
}
