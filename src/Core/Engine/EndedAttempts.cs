using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Engine;

/// <summary>What is kept of an attempt that a fact has ended.</summary>
internal static class EndedAttempts
{
    /// <returns>Null for none, and for a success: the run and the worker's record say all of that.</returns>
    public static Attempt? Of(Run before, Fact fact, Run next, DateTimeOffset now)
    {
        if (next.Verdict is not { Class: not VerdictClass.Succeeded } verdict) return null;
        var (task, worker) = fact switch
        {
            Fact.TaskStopped stopped => (stopped.Task, stopped.Worker),
            Fact.TaskMissing missing => (new TaskObservation(before.TaskArn ?? ""), missing.Worker),
            _ => (null, null),
        };
        if (task is null) return null;
        var current = worker?.Launch == before.Launch ? worker : null;
        var known = RunLifecycle.WithTask(before with { TaskArn = current?.TaskArn ?? before.TaskArn }, fact, now);
        return new Attempt(before.LaunchId, before.Attempt, verdict)
        {
            TaskArn = known.TaskArn,
            Size = before.Size,
            Spot = before.UsesSpot,
            StartedAt = known.StartedAt,
            EndedAt = task.StoppedAt ?? now,
            Billed = known.Billed,
            ExitCode = task.Worker?.ExitCode,
            Error = current?.Error,
            Progress = current?.Progress,
            LogTail = current?.LogTail ?? [],
            Ecs = task.Description,
        };
    }
}
