using Jobs.Emulator.Patterns;
using Jobs.Emulator.Processes;
using Jobs.Emulator.Seams;

namespace Jobs.Emulator.Services.Events;

/// <summary>Fires the rules that have a schedule. Each firing carries its own planned time, also when several come late together.</summary>
internal sealed class ScheduledRules(RuleStore rules, Deliveries deliveries, Account account, TimeProvider clock, Ids ids, Activity activity)
    : IResident, IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(7);

    private readonly BackgroundWork _work = new(activity, "EventBridge");

    public Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var rule in rules.All.Where(rule => rule is { IsEnabled: true, Schedule: not null }))
            _work.Run(stopping => RunAsync(rule, now, stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task RunAsync(EventRule rule, DateTimeOffset from, CancellationToken cancellation)
    {
        while (rule.Schedule!.NextAfter(from) is { } planned)
        {
            // Timers do not reach years ahead, so a long wait has stations.
            while (planned - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait < LongestTimer ? wait : LongestTimer, clock, cancellation);
            Fire(rule, planned);
            from = planned;
        }
    }

    private void Fire(EventRule rule, DateTimeOffset planned)
    {
        var @event = EventEnvelope.Around([], "Scheduled Event", "aws.events", planned, [rule.Arn], account, ids);
        foreach (var target in rule.Targets) deliveries.Add(rule, target, @event.ToJsonString(JsonText.Plain));
        activity.Report("EventBridge", "Scheduled", $"{rule.Name} ({rule.Schedule!.Expression}) fired for {@event["time"]} → {rule.TargetNames}");
    }
}
