using Jobs.Cli.Shapes;
using Jobs.Cli.Stacks;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Commands;

/// <summary>Reads what one screen shows of a stack, all of it at once.</summary>
internal sealed class StackStatus(IStack stack, DateTimeOffset now)
{
    private const int MaxPending = 5;
    private const int MaxFailures = 5;

    /// <summary>Newest runs among which the last failures are looked for.</summary>
    private const int Recent = 200;

    public async Task<StatusShape> ReadAsync(CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        var activeRead = ActiveRuns.ReadAsync(stack.History, jobs, cancellation);
        var recentRead = RecentAsync(jobs, cancellation);
        var queuesRead = QueueShape.ReadAllAsync(stack.Queues, cancellation);
        var alertsRead = stack.Alerts.OpenAsync(cancellation);
        var schedulesRead = SchedulesAsync(cancellation);
        var active = await activeRead;
        var readings = active.Readings.Where(reading => !reading.Run.IsOver).ToList();
        var recent = await recentRead;
        return new StatusShape(
            stack.Place.Name,
            stack.Place.Region,
            stack.Place.Endpoint,
            [.. readings.GroupBy(reading => reading.Run.Id.Job).OrderBy(job => job.Key, StringComparer.Ordinal).Select(Count)],
            active.IsComplete,
            [.. readings.Where(reading => reading.VisibleState == RunState.Pending).OrderBy(reading => reading.Run.CreatedAt).Take(MaxPending).Select(reading => RunShape.Of(reading, now))],
            await queuesRead,
            await schedulesRead,
            Failures(recent),
            [.. (await alertsRead).Causes.Select(AlertShape.Of)],
            UnreadableShape.Of([.. active.Unreadable, .. recent.Unreadable]));
    }

    private IReadOnlyList<RunShape> Failures(Readings recent) =>
        [
            .. recent.Runs.Where(reading => reading.Run.State is RunState.Failed or RunState.TimedOut)
                .Take(MaxFailures)
                .Select(reading => RunShape.Of(reading, now))
        ];

    private async Task<Readings> RecentAsync(IReadOnlyList<string> jobs, CancellationToken cancellation)
    {
        var page = await stack.History.PageAsync(jobs, null, null, null, Recent, cancellation);
        return await Readings.ReadAsync(stack.History, page.Runs, cancellation);
    }

    /// <summary>In the order in which they come; null while the stack has not said which it has.</summary>
    private async Task<IReadOnlyList<ScheduleShape>?> SchedulesAsync(CancellationToken cancellation)
    {
        try
        {
            var statesRead = stack.Schedules.AllAsync(cancellation);
            var catalog = await stack.CatalogAsync(cancellation);
            var states = (await statesRead).ToDictionary(state => state.Key);
            return [.. catalog.Schedules.Select(one => ScheduleShape.Of(one.Key, one.Trigger, states.GetValueOrDefault(one.Key), now)).OrderBy(schedule => schedule.Next ?? DateTimeOffset.MaxValue)];
        }
        catch (CliException)
        {
            // Within a minute of the stack's start; all else is worth seeing until then.
            return null;
        }
    }

    private static ActiveShape Count(IGrouping<string, RunReading> runs)
    {
        return new ActiveShape(runs.Key, Of(RunState.Pending), Of(RunState.Starting), Of(RunState.Running), Of(RunState.Stopping), Of(RunState.AwaitingChildren));

        int Of(RunState state) => runs.Count(reading => reading.VisibleState == state);
    }
}
