using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Runs;

namespace Jobs.Functions;

/// <summary>Each minute → the sweep, and what is due about open alerts. It works from what is due now, so a tick that comes twice or late does no harm.</summary>
public sealed class OnTickFunction(Sweep sweep, AlertDesk alerts)
{
    [LambdaFunction]
    public async Task OnTick(ScheduledEvent tick, ILambdaContext context)
    {
        using var deadline = Inbox.Deadline(context);
        // Beside each other: what fails in one must not keep the other from its work.
        var sweeping = sweep.RunAsync(deadline.Token);
        await Task.WhenAll(sweeping, alerts.TickAsync(deadline.Token));
        context.Logger.LogLine($"Looked at {await sweeping} runs.");
    }
}
