using System.Collections.Concurrent;
using Jobs.Core.Definitions;
using Jobs.Core.Ports;

namespace Jobs.Core.Runs;

/// <summary>
/// The periodic reconciliation: finds intents without a task and tasks without an ending, whatever event was lost. Reads only what
/// is due, so its cost follows the runs under way, neither the history nor the backlog: runs that wait are the dispatcher's, unless
/// their job is gone or their time is over. Two at once are safe.
/// </summary>
public sealed class Sweep(
    IRunStore runs, ISlots slots, IVcpuBudget? budget, ITasks tasks, RunEngine engine, JobCatalog catalog, TimeProvider clock)
{
    /// <summary>Runs of one job looked at in one sweep; the rest are due again a minute later.</summary>
    public const int MaxRunsPerJob = 200;

    private const int Parallelism = 8;

    /// <summary>Tasks of one DescribeTasks call: its limit.</summary>
    private const int TasksPerCall = 100;

    /// <returns>Runs looked at. What failed for single runs is thrown together at the end, after all others were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var failures = new ConcurrentQueue<Exception>();
        var due = await DueAsync(failures, cancellation);
        var settled = await PerformOwedAsync(due, failures, cancellation);
        var observed = await DescribeAsync(settled, failures, cancellation);
        await ForEachAsync(settled, reading => CheckAsync(reading, observed, cancellation), failures, cancellation);
        await ForEachAsync(catalog.Jobs.Where(job => job.MaxConcurrent is not null), job => HealSlotsAsync(job, cancellation), failures, cancellation);
        if (budget is not null) await ForEachAsync([budget], shares => HealSharesAsync(shares, cancellation), failures, cancellation);
        return failures.IsEmpty
            ? due.Count
            : throw new AggregateException($"The sweep of {due.Count} runs met {failures.Count} failures; the next one repeats what they left.", failures);
    }

    private async Task<IReadOnlyCollection<RunReading>> DueAsync(ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var jobs = await runs.RegisterJobsAsync([.. catalog.Jobs.Select(job => job.Name)], cancellation);
        var seen = new ConcurrentQueue<RunId>();
        await ForEachAsync(jobs, async job =>
        {
            foreach (var id in await runs.DueAsync(job, now, MaxRunsPerJob, cancellation)) seen.Enqueue(id);
            foreach (var id in await LostCausesAsync(job, now, cancellation)) seen.Enqueue(id);
        }, failures, cancellation);
        var due = new ConcurrentQueue<RunReading>();
        await ForEachAsync(seen, async id =>
        {
            // The index may be behind: only the run itself says whether it is due.
            if (await runs.ReadAsync(id, cancellation) is { } reading && IsDue(reading.Run, now)) due.Enqueue(reading);
        }, failures, cancellation);
        return due;
    }

    /// <returns>The runs that owe nothing (any more), as they then are: a task that is only now known is asked about at once.</returns>
    private async Task<IReadOnlyCollection<RunReading>> PerformOwedAsync(
        IEnumerable<RunReading> due, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var settled = new ConcurrentQueue<RunReading>();
        await ForEachAsync(due, async reading =>
        {
            if (reading.Run.Owed.IsEmpty)
            {
                settled.Enqueue(reading);
            }
            else if (await engine.PerformAsync(reading, cancellation) is { Owed.IsEmpty: true } run && HasTaskToWatch(run))
            {
                settled.Enqueue(reading with { Run = run });
            }
        }, failures, cancellation);
        return settled;
    }

    // Of the runs that wait, those that no dispatcher will launch: their job is gone, or their time is over before their turn has come.
    private async Task<IEnumerable<RunId>> LostCausesAsync(string job, DateTimeOffset now, CancellationToken cancellation) => catalog.Find(job) switch
    {
        null => (await runs.WaitingAsync(job, DateTimeOffset.MaxValue, MaxRunsPerJob, cancellation)).Select(run => run.Id),
        { RunTimeoutMinutes: null } => [],
        _ => await runs.OverdueAsync(job, now, MaxRunsPerJob, cancellation),
    };

    private bool IsDue(Run run, DateTimeOffset now) => run.IsWaiting
        ? RunTimes.RunDeadline(run) <= now || catalog.Find(run.Id.Job) is null
        : run.NextCheckAt <= now;

    /// <returns>What ECS said of each task; a task is left out when ECS did not answer: not known is not missing.</returns>
    private async Task<IReadOnlyDictionary<string, TaskReading?>> DescribeAsync(
        IEnumerable<RunReading> due, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var observed = new ConcurrentDictionary<string, TaskReading?>();
        var arns = due.Select(reading => reading.Run).Where(HasTaskToWatch).Select(run => run.TaskArn!).Distinct();
        await ForEachAsync(arns.Chunk(TasksPerCall), async chunk =>
        {
            foreach (var (arn, reading) in await tasks.DescribeAsync(chunk, cancellation)) observed[arn] = reading;
        }, failures, cancellation);
        return observed;
    }

    private static bool HasTaskToWatch(Run run) =>
        run is { TaskArn: not null, State: RunState.Starting or RunState.Running or RunState.Stopping };

    private async Task CheckAsync(RunReading reading, IReadOnlyDictionary<string, TaskReading?> observed, CancellationToken cancellation)
    {
        var run = reading.Run;
        TaskReading? task = null;
        var known = run.TaskArn is { } arn && observed.TryGetValue(arn, out task);
        if (FactFor(reading, known, task) is not null)
        {
            // Judged on the run as it is now: its worker may have recorded the result between the first reading and ECS's answer.
            await engine.ApplyAsync(run.Id, fresh => fresh.Run.Version == run.Version ? FactFor(fresh, known, task) : null, cancellation);
            return;
        }

        // Stopping is not stopped: StopTask may have been lost.
        if (run.State == RunState.Stopping && task is not null) await tasks.StopAsync(run.TaskArn!, $"Run {run.Id} is to stop.", cancellation);
        // One whose effects were just performed has its next time already.
        var missing = known && task is null;
        if (run.NextCheckAt > clock.GetUtcNow() && !missing) return;
        await runs.SaveAsync(RunLifecycle.Checked(run, missing: known ? missing : null, clock.GetUtcNow()), cancellation);
    }

    /// <param name="known">ECS was asked about the task; its answer is <paramref name="task"/>, null for MISSING.</param>
    private Fact? FactFor(RunReading reading, bool known, TaskReading? task)
    {
        var run = reading.Run;
        var now = clock.GetUtcNow();
        // Not of a run that is stopping: that comes to its end anyway, and StopTask may have to be repeated.
        if (RunTimes.RunDeadline(run) <= now && run.State is RunState.Pending or RunState.AwaitingChildren) return new Fact.RunTimedOut();
        if (run.State == RunState.Pending) return catalog.Find(run.Id.Job) is null ? new Fact.JobRemoved() : null;
        if (task?.Stopped is { } stopped) return new Fact.TaskStopped(run.Launch, stopped, reading.Worker);
        if (known && task is null)
        {
            return run.MissingSince + RunTimings.MissingConfirmation <= now ? new Fact.TaskMissing(run.Launch, reading.Worker) : null;
        }

        // Before the deadline, which counts from the claim.
        var worker = reading.CurrentWorker;
        if (run.State == RunState.Starting && worker is not null) return new Fact.TaskClaimed(run.Launch, worker.TaskArn, worker.ClaimedAt);
        if (RunTimes.RunDeadline(run) <= now && run.State != RunState.Stopping) return new Fact.RunTimedOut();
        // A launch without an answer has no task yet that could take too long.
        if (RunTimes.AttemptDeadline(run, task) <= now && (task is not null || run.State == RunState.Running)) return new Fact.TimedOut(run.Launch);
        if (task is { IsStarting: true } && HasHadTimeToStart(run, task, now)) return new Fact.NeverStarted(run.Launch);
        // A worker that has noted its end is not silent: its task is on its way to STOPPED.
        if (worker is null or { Error: not null } or { HasResult: true }) return null;
        var lastSign = worker.HeartbeatAt ?? worker.ClaimedAt;
        return run.State == RunState.Running && lastSign + RunTimings.HeartbeatLimit <= now ? new Fact.HeartbeatLost(run.Launch) : null;
    }

    // From when ECS accepted the task: the launch may have been decided long before its answer was known.
    private static bool HasHadTimeToStart(Run run, TaskReading task, DateTimeOffset now) =>
        run.State == RunState.Starting && (task.CreatedAt ?? run.LaunchedAt) + RunTimings.StartAllowance <= now;

    /// <summary>
    /// Frees slots whose launch is over: the process that should have released them died. A launch is stored before its slot is
    /// taken, so a holder that the run does not know (any more) is never one about to start. The dispatcher gives them to others.
    /// </summary>
    private async Task HealSlotsAsync(JobDefinition job, CancellationToken cancellation)
    {
        foreach (var holder in await slots.HoldersAsync(job.Name, cancellation))
        {
            if (await IsOverAsync(holder, cancellation)) await slots.ReleaseAsync(holder, cancellation);
        }
    }

    private async Task HealSharesAsync(IVcpuBudget shares, CancellationToken cancellation)
    {
        foreach (var holder in (await shares.ReadAsync(cancellation)).Holders)
        {
            if (await IsOverAsync(holder, cancellation)) await shares.ReleaseAsync(holder, cancellation);
        }
    }

    private async Task<bool> IsOverAsync(LaunchId holder, CancellationToken cancellation) =>
        await runs.ReadAsync(holder.Run, cancellation) is not { } reading
        || reading.Run.Launch != holder.Number
        || reading.Run.State is not (RunState.Starting or RunState.Running or RunState.Stopping);

    private static async Task ForEachAsync<T>(
        IEnumerable<T> items, Func<T, Task> body, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        foreach (var failure in await Concurrently.ForEachAsync(items, Parallelism, body, cancellation)) failures.Enqueue(failure);
    }
}
