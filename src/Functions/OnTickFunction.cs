using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Scheduling;
using Jobs.Core.Tracing;

namespace Jobs.Functions;

/// <summary>
/// Each minute → the sweep, the watch over schedules, what is due about open alerts, the replays, the ends of pauses,
/// and the dispatcher. All work from what is due now, so a tick that comes twice or late does no harm.
/// </summary>
public sealed class OnTickFunction(
    Sweep sweep,
    ScheduleWatch schedules,
    AlertManager alerts,
    Replayer replayer,
    Dispatcher dispatcher,
    CatalogPublisher catalog,
    PauseKeeper pauses,
    TimeProvider clock,
    RunTraces? traces = null)
{
    [LambdaFunction]
    public async Task OnTick(ScheduledEvent tick, ILambdaContext context)
    {
        using var deadline = Inbox.Deadline(context, clock);
        // Beside each other: what fails in one must not keep the others from their work.
        var until = clock.GetUtcNow() + Inbox.TimeToDispatch(context);
        // First, so that all others work by what it reads.
        var resumed = pauses.TickAsync(deadline.Token);
        var looked = sweep.RunAsync(until, deadline.Token);
        var watched = schedules.TickAsync(deadline.Token);
        var told = alerts.TickAsync(deadline.Token);
        var published = catalog.PublishAsync(deadline.Token);
        var replayed = replayer.TickAsync(until, deadline.Token);
        // A backlog is worked off until the next tick's dispatcher, which waits for this one, takes over.
        var launched = dispatcher.RunAsync(
            context.AwsRequestId, Inbox.TimeToDispatch(context), patient: true, deadline.Token);
        try
        {
            await Task.WhenAll(resumed, looked, watched, told, published, replayed, launched);
        }
        finally
        {
            if (traces is not null) await traces.FlushAsync();
        }

        foreach (var pause in await resumed)
        {
            context.Logger.LogLine($"The pause of {pause.Target} is over, which began at {pause.From:u}.");
        }

        context.Logger.LogLine(
            $"Looked at {await looked} runs, launched " +
            $"{await launched}{(await replayed is > 0 and var count ? $", replayed {count}" : "")}.");
    }
}
