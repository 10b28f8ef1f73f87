using System.Globalization;
using System.Text.Json.Nodes;
using Jobs.Emulator.Patterns;
using Jobs.Emulator.Seams;

namespace Jobs.Emulator.Services.Events;

/// <summary>Fires the rules that have a schedule. Each firing carries its own planned time, also when several come late together.</summary>
internal sealed class ScheduledRules(RuleStore rules, Deliveries deliveries, Account account, TimeProvider clock, Ids ids, Activity activity)
    : IResident, IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(7);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        _running = Task.WhenAll(rules.All.Where(rule => rule is { IsEnabled: true, Schedule: not null }).Select(rule => RunAsync(rule, now, _stopping.Token)));
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

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
        var @event = new JsonObject
        {
            ["version"] = "0",
            ["id"] = ids.Uuid(),
            ["detail-type"] = "Scheduled Event",
            ["source"] = "aws.events",
            ["account"] = account.Id,
            ["time"] = planned.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = account.Region,
            ["resources"] = new JsonArray(rule.Arn),
            ["detail"] = new JsonObject(),
        };
        foreach (var target in rule.Targets) deliveries.Add(rule, target, @event.ToJsonString(JsonPath.Writing));
        activity.Report("EventBridge", "Scheduled", $"{rule.Name} ({rule.Schedule!.Expression}) fired for {@event["time"]} → {rule.TargetNames}");
    }
}
