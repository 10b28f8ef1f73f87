using Jobs.Cli.Output;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Runs;

namespace Jobs.Cli.Verify;

/// <summary>The e-mail about the failure, as far as the outside shows: whom it goes to, and that it was sent.</summary>
internal sealed class EmailTrial(Stage stage)
    : Trial("email", "Admins are subscribed, and get an e-mail about a run that fails.")
{
    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var topic = stage.Stack.Place.Output(OutputNames.AlertTopic);
        var told = await stage.Probe.SubscriptionsAsync(topic, cancellation);
        if (told.Count == 0)
        {
            throw new MissedException(
                $"Topic {topic} has no subscription: a failure is told to no address.",
                "Give AdminEmails, deploy, and confirm the subscription.");
        }

        if (told.FirstOrDefault(one => !one.IsConfirmed) is { } pending)
        {
            throw new MissedException(
                $"{pending.Endpoint} has not confirmed its subscription, and gets nothing.",
                "Open AWS's e-mail 'AWS Notification - Subscription Confirmation' there and confirm. It is valid for " +
                "two days; after that subscribe the address again, with aws sns subscribe.");
        }

        var run = (await stage.FailureAsync()).Run;
        var cause = await stage.WaitAsync(
            () => SentAsync(run, cancellation),
            () => new MissedException(
                $"Run {run.Id} failed, and no e-mail about it was sent.",
                "OnTaskStopped and OnTick publish; their logs say why they could not. " + stage.Lines.Doctor()),
            cancellation);
        var whom = string.Join(", ", told.Select(one => one.Endpoint));
        return Kept(cause.FirstRun == run.Id.Key
            ? $"Sent to {whom}. Look whether it is there: its subject ends with {cause.AlertId}."
            : $"Sent to {whom} at {MissingRun.Text(cause.OpenedAt)} about an earlier failure alike, among which run " +
            $"{run.Id} is counted: {Words.Count(cause.Count, "run")} so far. The subject ends with {cause.AlertId}.");
    }

    /// <summary>The cause that has counted the run, once its e-mail is sent.</summary>
    private async Task<AlertCause?> SentAsync(Run run, CancellationToken cancellation)
    {
        var open = await stage.Stack.Alerts.OpenAsync(cancellation);
        var member = AlertMember.Of(run.Id);
        return open.Troubles.FirstOrDefault(
            cause => cause.Key.Job == run.Id.Job && cause.FirstIsSent && (cause.Knows(member) || cause.IsFull));
    }
}
