using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Engine;

/// <summary>
/// What a look at a run finds out, from its item, its worker's record and what ECS says of its task. Decides and does
/// nothing.
/// </summary>
public sealed class RunWatch(JobCatalog catalog, TimeProvider clock)
{
    /// <summary>
    /// How long the task of a worker that has noted its end may take to stop before its time is held against it.
    /// </summary>
    private static readonly TimeSpan Ending = TimeSpan.FromMinutes(10);

    /// <summary>How far ahead a run with a deadline is given the time of a pause that lasts.</summary>
    private static readonly TimeSpan PausedAhead = TimeSpan.FromHours(1);

    /// <param name="known">ECS was asked about the task; its answer is <paramref name="task"/>, null for
    /// MISSING.</param>
    /// <param name="pauses">Null when they cannot be known: a run that waits has its time then.</param>
    /// <returns>Null when nothing has happened that the run does not know.</returns>
    public Fact? FactFor(RunReading reading, bool known, TaskReading? task, PauseList? pauses)
    {
        var (run, now) = (reading.Run, clock.GetUtcNow());
        return run.MayHaveTask ? FactOfTask(reading, known, task, now) : FactWithoutTask(run, pauses, now);
    }

    /// <summary>Whether it waits for its job to be resumed.</summary>
    public bool IsPaused(Run run, PauseList? pauses) =>
        run.State == RunState.Pending && pauses?.Of(run.Id.Job, clock.GetUtcNow()) is not null;

    /// <summary>Whether the worker's heartbeat is stale although it works.</summary>
    public bool IsSilent(RunReading reading)
    {
        // A worker that has noted its end is not silent: its task is on its way to STOPPED.
        if (reading.Run.State != RunState.Running || reading.CurrentWorker is not { HasNotedEnd: false } worker)
        {
            return false;
        }

        return (worker.HeartbeatAt ?? worker.ClaimedAt) + RunTimings.HeartbeatLimit <= clock.GetUtcNow();
    }

    private Fact? FactWithoutTask(Run run, PauseList? pauses, DateTimeOffset now) => run switch
    {
        { State: not (RunState.Pending or RunState.AwaitingChildren) } => null,
        _ when RunTimes.RunDeadline(run) <= now => FactOfDeadline(run, pauses, now),
        _ => IsRemoved(run, now) ? new Fact.JobRemoved() : null,
    };

    // A pause that lasts is counted ahead, so that the next look is not the next minute's.
    private static Fact? FactOfDeadline(Run run, PauseList? pauses, DateTimeOffset now)
    {
        if (pauses is null) return null;
        var to = pauses.Of(run.Id.Job, now) is null ? now : now + PausedAhead;
        return pauses.WaitedBy(run.Id.Job, run.CreatedAt, to) is { } time && RunTimes.RunDeadline(
            run with { Paused = time }) > now
            ? new Fact.WaitedForPause(time)
            : new Fact.RunTimedOut();
    }

    /// <summary>Whether no deployment can still be about to bring the run's job.</summary>
    public bool IsRemoved(Run run, DateTimeOffset now) =>
        catalog.Find(run.Id.Job) is null && run.CreatedAt + RunTimings.Deploying <= now;

    private Fact? FactOfTask(RunReading reading, bool known, TaskReading? task, DateTimeOffset now)
    {
        var run = reading.Run;
        if (task?.Stopped is { } stopped) return new Fact.TaskStopped(run.Launch, stopped, reading.Worker);
        if (known && task is null)
        {
            return run.MissingSince + RunTimings.MissingConfirmation <= now
                ? new Fact.TaskMissing(run.Launch, reading.Worker)
                : null;
        }

        // Before the deadline, which counts from the claim.
        if (run.State == RunState.Starting && reading.CurrentWorker is { } worker)
        {
            return new Fact.TaskClaimed(run.Launch, worker.TaskArn, worker.ClaimedAt);
        }

        return run.State == RunState.Stopping ? null : Overdue(reading, task, now);
    }

    private Fact? Overdue(RunReading reading, TaskReading? task, DateTimeOffset now)
    {
        var run = reading.Run;
        var grace = reading.CurrentWorker is { HasNotedEnd: true } ? Ending : TimeSpan.Zero;
        if (RunTimes.RunDeadline(run) + grace <= now) return new Fact.RunTimedOut();
        // A launch without an answer has no task yet that could take too long.
        if (RunTimes.AttemptDeadline(run, task) + grace <= now && (task is not null || run.State == RunState.Running))
        {
            return new Fact.TimedOut(run.Launch);
        }

        if (task is { IsStarting: true } && HasHadTimeToStart(run, task, now)) return new Fact.NeverStarted(run.Launch);
        return IsSilent(reading) && Silence.IsProved(run.Silence, now) ? new Fact.HeartbeatLost(run.Launch) : null;
    }

    // From when ECS accepted the task: the launch may have been decided long before its answer was known.
    private static bool HasHadTimeToStart(Run run, TaskReading task, DateTimeOffset now) =>
        run.State == RunState.Starting && (task.CreatedAt ?? run.LaunchedAt) + RunTimings.StartAllowance <= now;
}
