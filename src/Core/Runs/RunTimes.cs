using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>When a run, or its attempt, has had its time, and when to look at it again.</summary>
public static class RunTimes
{
    /// <summary>When the current attempt has had its time; null when none is under way.</summary>
    /// <param name="task">
    /// What ECS says of the task, where it was asked: when it began to run, or at least when it was accepted, which may
    /// have been long after the launch was decided.
    /// </param>
    public static DateTimeOffset? AttemptDeadline(Run run, TaskReading? task = null) => run.State switch
    {
        RunState.Starting =>
            (
                task?.StartedAt ?? ((task?.CreatedAt ?? run.LaunchedAt) + RunTimings.StartAllowance)) + TimeSpan
                    .FromMinutes(run.Policy.TimeoutMinutes),
        RunState.Running => run.StartedAt + TimeSpan.FromMinutes(run.Policy.TimeoutMinutes),
        _ => null,
    };

    /// <summary>
    /// When the run has had its time, all attempts and waiting together, but for what it waited for a pause; null when
    /// it has no limit.
    /// </summary>
    public static DateTimeOffset? RunDeadline(Run run) => run.Policy.RunTimeoutMinutes is { } minutes
        ? run.CreatedAt + TimeSpan.FromMinutes(minutes) + (run.Paused?.Sum ?? TimeSpan.Zero)
        : null;

    /// <summary>Place in the queue of a run that waits; null for all others.</summary>
    internal static DateTimeOffset? Turn(Run run) =>
        run.IsWaiting ? (run.NotBefore ?? run.CreatedAt) - (run.Priority * RunTimings.PriorityHeadStart) : null;

    /// <summary>
    /// When to look at the run again. The time that it has stays where it serves, because each change is paid for: a
    /// look that comes too early finds nothing and sets the next. What an end still owes has as long as any check: the
    /// process that ended the run does it at once.
    /// </summary>
    internal static DateTimeOffset? NextCheck(Run run, DateTimeOffset now)
    {
        var has = run.NextCheckAt > now ? run.NextCheckAt : null;
        if (Wanted(run, now) is not { } wanted) return run.IsWaiting && run.NotBefore <= has ? has : null;
        var latest = run.IsOver ? now + RunTimings.Check : wanted;
        return has <= latest ? has : wanted;
    }

    private static DateTimeOffset? Wanted(Run run, DateTimeOffset now)
    {
        var next = run.IsWaiting && run.Owed.IsEmpty ? null : ByState(run, now);
        return RunDeadline(run) is { } end && !run.IsOver && end > now && !(end > next)
            ? end
            : next ?? Overdue(run, now);
    }

    // A run that waits though its time is over: the next sweep ends it.
    private static DateTimeOffset? Overdue(Run run, DateTimeOffset now) =>
        run.IsWaiting && RunDeadline(run) <= now ? now : null;

    private static DateTimeOffset? ByState(Run run, DateTimeOffset now) => run switch
    {
        { Owed.IsEmpty: false } => now + RunTimings.EffectGrace,
        { IsOver: true } => null,
        { State: RunState.Stopping } or { Silence: not null } => now + RunTimings.StopCheck,
        { State: RunState.Starting } => Sooner(run.LaunchedAt + TimeSpan.FromMinutes(run.Policy.TimeoutMinutes), now),
        _ => Sooner(AttemptDeadline(run), now),
    };

    /// <summary>
    /// At the usual time, or when the attempt may first have had its time; each minute once that is past.
    /// </summary>
    private static DateTimeOffset Sooner(DateTimeOffset? expected, DateTimeOffset now)
    {
        var usual = now + RunTimings.Check;
        if (expected is not { } time || time > usual) return usual;
        return time > now ? time : now + RunTimings.StopCheck;
    }
}
