using Jobs.Cli.Shapes;
using Jobs.Cli.Stacks;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>Reads what one screen shows of a stack, all of it at once.</summary>
internal sealed class StackStatus(IStack stack, DateTimeOffset now)
{
    /// <summary>Runs counted of each job and partition; beyond it the screen says that there are more.</summary>
    private const int PerPartition = 200;

    private const int MaxPending = 5;
    private const int MaxFailures = 5;

    /// <summary>Newest runs among which the last failures are looked for.</summary>
    private const int Recent = 200;

    public async Task<StatusShape> ReadAsync(CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        var activeRead = Task.WhenAll(jobs.Select(job => stack.History.ActiveAsync(job, PerPartition, cancellation)));
        var failuresRead = FailuresAsync(jobs, cancellation);
        var queuesRead = QueueShape.ReadAllAsync(stack.Queues, cancellation);
        var alertsRead = stack.Alerts.OpenAsync(cancellation);
        var schedulesRead = SchedulesAsync(cancellation);
        var pages = await activeRead;
        var active = pages.SelectMany(page => page.Runs).Where(run => !run.IsOver).ToList();
        var readings = await ReadClaimsAsync(active, cancellation);
        return new StatusShape(
            stack.Place.Name,
            stack.Place.Region,
            stack.Place.Endpoint,
            [.. readings.GroupBy(reading => reading.Run.Id.Job).OrderBy(job => job.Key, StringComparer.Ordinal).Select(Count)],
            pages.All(page => page.IsComplete),
            [.. readings.Where(reading => reading.VisibleState == RunState.Pending).OrderBy(reading => reading.Run.CreatedAt).Take(MaxPending).Select(reading => RunShape.Of(reading, now))],
            await queuesRead,
            await schedulesRead,
            await failuresRead,
            [.. (await alertsRead).Select(AlertShape.Of)]);
    }

    /// <summary>Only of those that are starting does the worker's record say more than the run.</summary>
    private async Task<IReadOnlyList<RunReading>> ReadClaimsAsync(List<Run> active, CancellationToken cancellation)
    {
        var starting = active.Where(run => run.State == RunState.Starting).Select(run => run.Id).ToList();
        var read = await stack.History.ReadAsync(starting, cancellation);
        return [.. active.Where(run => run.State != RunState.Starting).Select(run => new RunReading(run, null)), .. read.Where(reading => !reading.Run.IsOver)];
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
