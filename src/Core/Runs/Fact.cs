using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Core.Runs;

/// <summary>
/// Something that became known about a run. Facts about a launch carry its number: a stale one changes nothing.
/// </summary>
public abstract record Fact
{
    private Fact()
    {
    }

    /// <summary>A waiting run's turn has come, and it may be launched.</summary>
    public sealed record Dispatched(LaunchPermit Permit) : Fact
    {
        /// <summary>What the run waited because its job was paused; null for nothing.</summary>
        public PausedTime? Paused { get; init; }
    }

    /// <summary>Its job is paused, or was: that time does not count.</summary>
    public sealed record WaitedForPause(PausedTime Time) : Fact;

    /// <summary>All slots of the job are taken.</summary>
    public sealed record SlotRefused(int Launch) : Fact;

    /// <summary>ECS has a task for the launch.</summary>
    public sealed record LaunchAccepted(int Launch, string TaskArn) : Fact;

    /// <summary>ECS has no task for the launch and will not have one.</summary>
    public sealed record LaunchRefused(int Launch, Verdict Verdict) : Fact;

    /// <summary>RunTask's answer was lost: there may be a task.</summary>
    public sealed record LaunchUnknown(int Launch) : Fact;

    /// <summary>The worker claimed the launch.</summary>
    public sealed record TaskClaimed(int Launch, string TaskArn, DateTimeOffset At) : Fact;

    /// <summary>
    /// The task is STOPPED. <paramref name="Worker"/> is what the worker recorded, whichever launch it was for.
    /// </summary>
    public sealed record TaskStopped(int Launch, TaskObservation Task, WorkerRecord? Worker) : Fact
    {
        /// <summary>For a repetition at once; null when that has to wait for the dispatcher.</summary>
        public LaunchPermit? Permit { get; init; }
    }

    /// <summary>The attempt has had its time.</summary>
    public sealed record TimedOut(int Launch) : Fact;

    /// <summary>The run has had its time, all attempts and waiting together.</summary>
    public sealed record RunTimedOut : Fact;

    /// <summary>ECS says that the task is still on its way to RUNNING, long after it should have been there.</summary>
    public sealed record NeverStarted(int Launch) : Fact;

    /// <summary>A cancellation was asked for.</summary>
    /// <param name="By">Who or what asked; null when that is not known.</param>
    public sealed record CancelRequested(string? By = null) : Fact;

    /// <summary>The job is no longer deployed.</summary>
    public sealed record JobRemoved : Fact;

    /// <summary>
    /// ECS has not known the task for five minutes, or has no task for a launch whose answer was lost.
    /// </summary>
    public sealed record TaskMissing(int Launch, WorkerRecord? Worker) : Fact;

    /// <summary>The worker has shown no sign of life for too long.</summary>
    public sealed record HeartbeatLost(int Launch) : Fact;

    /// <summary>
    /// All children of the run have ended, so many of them without success; of an array's, why the first did not.
    /// </summary>
    public sealed record ChildrenEnded(int Failed = 0, string? Why = null) : Fact
    {
        /// <summary>For the next phase; null when that has to wait for the dispatcher.</summary>
        public LaunchPermit? Permit { get; init; }
    }

    /// <summary>Another run of its schedule waits for its end.</summary>
    public sealed record ScheduleAwaits(string Schedule) : Fact;

    /// <summary>
    /// Children that the run awaits have not come for too long: which, in words; null when all have come.
    /// </summary>
    public sealed record ChildrenMissing(string? Which) : Fact;
}
