using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// A phase that ended by itself, with its children noted, is not done again, nor judged by how late its end was noticed
/// of.
/// </summary>
internal sealed class PhaseIsKept(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is not { State: RunState.Starting or RunState.Running or RunState.Stopping } active) return;
        if (!history.Phases.TryGetValue(active.Launch, out var noted) || history.StoppingAt < noted
            || after.Launch != active.Launch)
        {
            return;
        }

        var task = history.Tasks.FindLast(one => one.Launch.Id == active.LaunchId);
        if (task?.Cause != EndCause.Waits || active.StopCause is StopCause.Cancelled or StopCause.RunTimedOut) return;
        if (after.State is RunState.Pending or RunState.Failed
            || (after.State == RunState.TimedOut && active.StopCause == StopCause.TimedOut))
        {
            Fail($"Run {history} ended its phase at {noted:HH:mm:ss} to await its children, but it became " +
                $"{after.State} for {after.Verdict?.Class}.");
        }
    }
}
