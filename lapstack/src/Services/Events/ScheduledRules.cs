using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Schedules;

namespace Lapstack.Services.Events;

/// <summary>
/// Fires the rules that have a schedule. Each firing carries its planned time, also when it comes late.
/// </summary>
internal sealed class ScheduledRules(
    RuleStore rules, Deliveries deliveries, RoomOnDisk room, Account account, TimeProvider clock, Ids ids,
    Activity activity)
    : IHostedPart, IDisposable
{
    private readonly BackgroundWork _work = new(activity, "EventBridge");

    public Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var rule in rules.All.Where(rule => rule.Schedule is not null))
            _work.Run(stopping => RunAsync(rule, now, stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task RunAsync(EventRule rule, DateTimeOffset from, CancellationToken cancellation)
    {
        // A rule that is disabled keeps its beat, and may be enabled again.
        await foreach (var planned in PlannedTimes.OfAsync(rule.Schedule!, from, clock, cancellation))
        {
            if (rules.Find(rule.Id) is { IsEnabled: true }) await FireAsync(rule, planned, cancellation);
        }
    }

    private async Task FireAsync(EventRule rule, DateTimeOffset planned, CancellationToken cancellation)
    {
        var @event = EventEnvelope.Around([], "Scheduled Event", "aws.events", planned, [rule.Arn], account, ids);
        var text = @event.ToJsonString(JsonText.Plain);
        foreach (var target in rule.Targets)
        {
            await room.AwaitAsync(() => deliveries.Add(rule, target, text), cancellation);
        }

        activity.Report(
            "EventBridge",
            "Scheduled",
            $"{rule.Name} ({rule.Schedule!.Expression}) fired for {@event["time"]} → {rule.TargetNames}");
    }
}
