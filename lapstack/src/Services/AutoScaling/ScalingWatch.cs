using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Schedules;

namespace Lapstack.Services.AutoScaling;

/// <summary>
/// Looks at tracked metrics once in each period, a minute unless the options say otherwise, and carries out scheduled
/// actions.
/// </summary>
internal sealed class ScalingWatch(
    ScalingStore store,
    Scaler scaler,
    IMetrics metrics,
    TrackingPeriod every,
    RoomOnDisk room,
    Activity activity,
    TimeProvider clock) : IHostedPart, IDisposable
{
    /// <summary>
    /// How far back datapoints are looked for, in periods: a missing one delays a decision, and changes it no more.
    /// </summary>
    private const int Range = 2 * TargetTracking.InAfter;

    private readonly BackgroundWork _work = new(activity, "AutoScaling");

    public Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (store.Policies.OfType<TrackingPolicy>().Any()) _work.Run(TrackAsync);
        foreach (var target in store.Targets)
            foreach (var action in target.ScheduledActions)
            {
                _work.Run(stopping => FollowAsync(target, action, now, stopping));
            }

        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task FollowAsync(
        ScalableTarget target, ScheduledAction action, DateTimeOffset from, CancellationToken stopping)
    {
        await foreach (var _ in PlannedTimes.OfAsync(action.Times, from, clock, stopping))
        {
            await room.AwaitAsync(() => scaler.Limit(target, action), stopping);
        }
    }

    private async Task TrackAsync(CancellationToken stopping)
    {
        var period = every.Length;
        while (true)
        {
            await Task.Delay(period - TimeSpan.FromTicks(clock.GetUtcNow().Ticks % period.Ticks), clock, stopping);
            // What was measured just now counts.
            var until = clock.GetUtcNow() + TimeSpan.FromTicks(1);
            foreach (var policies in store.Policies.OfType<TrackingPolicy>().GroupBy(p => p.TargetId))
            {
                await room.AwaitAsync(() => Track([.. policies], period, until), stopping);
            }
        }
    }

    /// <summary>
    /// Out when any of the target's policies asks for it; in only when all that may scale in do, and then by the one
    /// that keeps most.
    /// </summary>
    private void Track(IReadOnlyList<TrackingPolicy> policies, TimeSpan period, DateTimeOffset until)
    {
        var readings = policies.Select(policy => (Policy: policy, Points: Datapoints(policy, period, until))).ToList();
        var more = readings.Where(r => TargetTracking.AsksForMore(r.Points, r.Policy.TargetValue)).ToList();
        foreach (var (policy, points) in more) Apply(policy, points[0], "High");
        var mayLessen = readings.Where(r => !r.Policy.DisableScaleIn).ToList();
        if (more.Count > 0
            || mayLessen.Count == 0
            || !mayLessen.TrueForAll(r => TargetTracking.AsksForLess(r.Points, r.Policy.TargetValue)))
        {
            return;
        }

        var (keeper, newest) = mayLessen.MaxBy(r => r.Points[0] / r.Policy.TargetValue);
        Apply(keeper, newest[0], "Low");
    }

    private void Apply(TrackingPolicy policy, double metric, string alarm) => scaler.Apply(
        policy,
        capacity => TargetTracking.Propose(capacity, metric, policy.TargetValue),
        $"monitor alarm TargetTracking-{policy.Name}-Alarm{alarm} in state ALARM triggered policy {policy.Name}");

    private List<double> Datapoints(TrackingPolicy policy, TimeSpan period, DateTimeOffset until) =>
    [
        .. Enumerable.Range(0, Range)
            .Select(
                i => metrics.Read(policy.Metric, policy.Statistic, until - (period * (i + 1)), until - (period * i)))
            .OfType<double>(),
    ];
}
