using Jobs.Cli.Shapes;
using Jobs.Cli.Stacks;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>Reads what one screen shows of a stack, all of it at once.</summary>
internal sealed class StackStatus(IStack stack, DateTimeOffset now)
{
    /// <summary>Runs that are counted; beyond it the screen says that there are more.</summary>
    private const int MaxActive = 2_000;

    private const int MaxPending = 5;
    private const int MaxFailures = 5;

    /// <summary>Newest runs among which the last failures are looked for.</summary>
    private const int Recent = 200;

    public async Task<StatusShape> ReadAsync(CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        var activeRead = stack.History.ActiveAsync(MaxActive, cancellation);
        var failuresRead = FailuresAsync(jobs, cancellation);
        var queuesRead = QueueShape.ReadAllAsync(stack.Queues, cancellation);
        var alertsRead = stack.Alerts.OpenAsync(cancellation);
        var schedulesRead = SchedulesAsync(cancellation);
        var active = await activeRead;
        var readings = (await stack.History.ReadAsync(active.Runs, cancellation)).Where(reading => !reading.Run.IsOver).ToList();
        return new StatusShape(
            stack.Place.Name,
            stack.Place.Region,
            stack.Place.Endpoint,
            [.. readings.GroupBy(reading => reading.Run.Id.Job).OrderBy(job => job.Key, StringComparer.Ordinal).Select(Count)],
            active.IsComplete,
            [.. readings.Where(reading => reading.VisibleState == RunState.Pending).OrderBy(reading => reading.Run.CreatedAt).Take(MaxPending).Select(reading => RunShape.Of(reading, now))],
            await queuesRead,
            await schedulesRead,
            await failuresRead,
            [.. (await alertsRead).Select(AlertShape.Of)]);
    }

    private async Task<IReadOnlyList<RunShape>> FailuresAsync(IReadOnlyList<string> jobs, CancellationToken cancellation)
    {
        var page = await stack.History.PageAsync(jobs, null, null, Recent, cancellation);
        var readings = await stack.History.ReadAsync(page.Runs, cancellation);
        return [.. readings.Where(reading => reading.Run.State is RunState.Failed or RunState.TimedOut).Take(MaxFailures).Select(reading => RunShape.Of(reading, now))];
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
