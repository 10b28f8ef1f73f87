using Jobs.Emulator.Access;
using Jobs.Emulator.Seams;

namespace Jobs.Emulator.Services.CloudWatch;

/// <summary>Runs what an alarm does when its state changes: publishes to topics, where their policy lets CloudWatch in.</summary>
internal sealed class AlarmActions(ITopics topics, IAuthorizer authorizer, Account account, Activity activity)
{
    private readonly Caller _cloudWatch = Caller.Service("cloudwatch.amazonaws.com", account.Id);

    public async Task RunAsync(Alarm alarm, AlarmStatus before, AlarmStatus after, CancellationToken cancellation)
    {
        if (!alarm.ActionsEnabled) return;
        foreach (var target in alarm.Actions[after.State])
        {
            if (Refusal(alarm, target) is { } refusal) activity.Report("CloudWatch", "ActionFailed", $"{alarm.Name}: {refusal}");
            else await PublishAsync(target, new AlarmMessage(alarm, before, after, account), cancellation);
        }
    }

    private Task<string> PublishAsync(string topicArn, AlarmMessage message, CancellationToken cancellation) =>
        topics.PublishAsync(topicArn, message.Subject, message.Json(), new Dictionary<string, string> { ["email"] = message.Email() }, cancellation);

    private string? Refusal(Alarm alarm, string target)
    {
        if (!target.StartsWith("arn:aws:sns:", StringComparison.Ordinal)) return $"the emulator's alarms publish to topics only, not to {target}.";
        if (!topics.Exists(target)) return $"the topic {target} does not exist.";
        var context = new Dictionary<string, string[]> { ["aws:SourceArn"] = [alarm.Arn] };
        return authorizer.Refusal(_cloudWatch, new AccessRequest("sns:Publish", target, context));
    }
}
