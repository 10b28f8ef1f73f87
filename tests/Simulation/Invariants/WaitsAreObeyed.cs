using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// A failed attempt is not repeated before its backoff is over, but where a task's start is waiting enough, and no run
/// before the time that was set for it.
/// </summary>
internal sealed class WaitsAreObeyed(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is { State: RunState.Pending, NotBefore: { } time }
            && after.State == RunState.Starting
            && World.Loop.Now < time)
        {
            Fail(
                $"Run {history} was to wait until {time:HH:mm:ss.fff}, but launch {after.Launch} was decided at " +
                $"{World.Loop.Now:HH:mm:ss.fff}.");
        }
    }

    public override void TaskStarted(RunHistory history, EcsTask task)
    {
        if (history.Tasks.Count == 0 || history.Stored is not { } run) return;
        var last = history.Tasks[^1];
        if (last.Cause != EndCause.JobFault || last.StoppedAt is not { } stopped) return;
        var spent = history.SpentBefore(task, World);
        var longest = TimeSpan.FromSeconds(
            Math.Min(run.Policy.MaxBackoffSeconds, run.Policy.BackoffSeconds * Math.Pow(2, spent - 1)));
        if (longest / 2 > RunTimings.TaskStart && World.Loop.Now < stopped + (longest / 2))
        {
            Fail(
                $"Run {history} failed for the {spent}. time at {stopped:HH:mm:ss} in task {last}, and task {task} " +
                $"repeats it already at {World.Loop.Now:HH:mm:ss}.");
        }
    }
}
