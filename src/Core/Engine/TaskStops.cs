using Jobs.Core.Runs;
using Jobs.Core.Tasks;

namespace Jobs.Core.Engine;

/// <summary>Performs <see cref="EffectKind.Stop"/>: asks ECS to stop a task and says why.</summary>
internal static class TaskStops
{
    public static async Task<bool> StopAsync(ITasks tasks, Effect effect, Run run, CancellationToken cancellation)
    {
        await tasks.StopAsync(effect.TaskArn!, ReasonFor(run, effect.TaskArn!), cancellation);
        return true;
    }

    private static string ReasonFor(Run run, string taskArn) => taskArn != run.TaskArn
        ? $"Run {run.Id} moved on without this task."
        : run.StopCause switch
        {
            StopCause.TimedOut => $"Run {run.Id} timed out after {run.Policy.TimeoutMinutes} minutes.",
            StopCause.RunTimedOut => $"Run {run.Id} had its {run.Policy.RunTimeoutMinutes} minutes.",
            StopCause.NeverStarted => $"The task of run {run.Id} did not start.",
            StopCause.HeartbeatLost => $"Run {run.Id} showed no sign of life.",
            _ => $"Run {run.Id} was cancelled.",
        };
}
