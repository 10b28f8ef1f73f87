using Jobs.Core.Ports;

namespace Jobs.Core.Runs;

/// <summary>When a run, or its attempt, has had its time, and when to look at it again.</summary>
public static class RunTimes
{
    /// <summary>When the current attempt has had its time; null when none is under way.</summary>
    /// <param name="task">
    /// What ECS says of the task, where it was asked: when it began to run, or at least when it was accepted, which may have been long
    /// after the launch was decided.
    /// </param>
    public static DateTimeOffset? AttemptDeadline(Run run, TaskReading? task = null) => run.State switch
    {
        RunState.Starting => (task?.StartedAt ?? ((task?.CreatedAt ?? run.LaunchedAt) + RunTimings.StartAllowance)) + TimeSpan.FromMinutes(run.Policy.TimeoutMinutes),
        RunState.Running => run.StartedAt + TimeSpan.FromMinutes(run.Policy.TimeoutMinutes),
        _ => null,
    };

    /// <summary>When the run has had its time, all attempts and waiting together; null when it has no limit.</summary>
    public static DateTimeOffset? RunDeadline(Run run) =>
        run.Policy.RunTimeoutMinutes is { } minutes ? run.CreatedAt + TimeSpan.FromMinutes(minutes) : null;

    internal static DateTimeOffset? NextCheck(Run run, DateTimeOffset now)
    {
        if (run.IsWaiting) return (run.NotBefore ?? run.CreatedAt) - (run.Priority * RunTimings.PriorityHeadStart);
        var next = ByState(run, now);
        return next is not null && RunDeadline(run) is { } end && end > now && end < next ? end : next;
    }

    private static DateTimeOffset? ByState(Run run, DateTimeOffset now) => run switch
    {
        { Owed.IsEmpty: false } => now + RunTimings.EffectGrace,
        { IsOver: true } => null,
        { State: RunState.Stopping } => now + RunTimings.StopCheck,
        { State: RunState.Starting } => Sooner(run.LaunchedAt + TimeSpan.FromMinutes(run.Policy.TimeoutMinutes), now),
        _ => Sooner(AttemptDeadline(run), now),
    };

    /// <summary>At the usual time, or when the attempt may first have had its time; each minute once that is past.</summary>
    private static DateTimeOffset Sooner(DateTimeOffset? expected, DateTimeOffset now)
    {
        var usual = now + RunTimings.Check;
        if (expected is not { } time || time > usual) return usual;
        return time > now ? time : now + RunTimings.StopCheck;
    }
}
