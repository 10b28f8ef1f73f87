using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core.Alerts;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>The stack at a glance.</summary>
/// <param name="Active">Runs under way.</param>
/// <param name="IsComplete">Whether these are all; else there are more.</param>
/// <param name="Schedules">In the order in which they come; null while that is not known.</param>
/// <param name="Failures">The last that did not succeed, by when they ended, newest first.</param>
/// <param name="Alerts">Causes of alerts that are open.</param>
/// <param name="Unreadable">Runs that are there and cannot be read.</param>
/// <param name="UnreadableAlerts">Causes that are there and cannot be read, a sentence each.</param>
/// <param name="Pauses">What is paused.</param>
internal sealed record StackStatus(
    StackPlace Place,
    IReadOnlyList<RunReading> Active,
    bool IsComplete,
    IReadOnlyList<QueueState> Queues,
    IReadOnlyList<ScheduleTimes>? Schedules,
    IReadOnlyList<RunReading> Failures,
    IReadOnlyList<AlertCause> Alerts,
    IReadOnlyList<UnreadableRun> Unreadable,
    IReadOnlyList<string> UnreadableAlerts,
    PauseList Pauses)
{
    private const int MaxPending = 5;
    private const int MaxFailures = 5;

    /// <summary>Newest runs among which the last failures are looked for.</summary>
    private const int Recent = 200;

    /// <summary>Those that have waited longest.</summary>
    public IEnumerable<RunReading> Pending => Active
        .Where(reading => reading.VisibleState == RunState.Pending)
        .OrderBy(reading => reading.Run.CreatedAt)
        .Take(MaxPending);

    /// <summary>Reads all of it at once.</summary>
    public static async Task<StackStatus> ReadAsync(IStack stack, DateTimeOffset now, CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        var activeRead = ActiveRuns.ReadAsync(stack.History, jobs, cancellation);
        var recentRead = RecentAsync(stack, jobs, cancellation);
        var queuesRead = QueueState.AllAsync(stack.Queues, cancellation);
        var alertsRead = stack.Alerts.OpenAsync(cancellation);
        var schedulesRead = SchedulesAsync(stack, now, cancellation);
        var pausesRead = stack.Pauses.ReadAsync(cancellation);
        var (active, recent, alerts) = (await activeRead, await recentRead, await alertsRead);
        return new StackStatus(
            stack.Place,
            [.. active.Readings.Where(reading => !reading.Run.IsOver)],
            active.IsComplete,
            await queuesRead,
            await schedulesRead,
            Last(recent.Runs),
            alerts.Troubles,
            [.. active.Unreadable.Concat(recent.Unreadable).DistinctBy(run => run.Id)],
            alerts.Unreadable,
            await pausesRead);
    }

    private static IReadOnlyList<RunReading> Last(IReadOnlyList<RunReading> recent) =>
    [
        .. recent.Where(reading => reading.Run.State is RunState.Failed or RunState.TimedOut)
            .OrderByDescending(reading => reading.Run.EndedAt ?? reading.Run.CreatedAt)
            .Take(MaxFailures),
    ];

    private static async Task<RunBatch> RecentAsync(
        IStack stack, IReadOnlyList<string> jobs, CancellationToken cancellation)
    {
        var page = await stack.History.PageAsync(jobs, null, null, null, Recent, cancellation);
        return await RunBatch.ReadAsync(stack.History, page.Runs, cancellation);
    }

    private static async Task<IReadOnlyList<ScheduleTimes>?> SchedulesAsync(
        IStack stack, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            var statesRead = stack.Schedules.AllAsync(cancellation);
            var catalog = await stack.CatalogAsync(cancellation);
            var states = (await statesRead).ToDictionary(state => state.Key);
            return
            [
                .. catalog.Schedules
                    .Select(one => ScheduleTimes.Of(one.Key, one.Trigger, states.GetValueOrDefault(one.Key), now))
                    .OrderBy(schedule => schedule.Next ?? DateTimeOffset.MaxValue),
            ];
        }
        catch (CliException)
        {
            // Within a minute of the stack's start; all else is worth seeing until then.
            return null;
        }
    }
}
