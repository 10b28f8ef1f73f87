using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// Work that was done is never lost: a run whose worker recorded a result has succeeded. A container without our host
/// records nothing: its end is lost when no event told of it and ECS, which could not be asked, has forgotten it.
/// </summary>
internal sealed class ResultIsKept(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (!history.HasResult || before?.Launch == after.Launch) return;
        if (!IsForgotten(history, World.Loop.Now)) Fail($"Run {history} has a result, but it is launched again.");
    }

    public override void AtTheEndOf(RunHistory history)
    {
        if (history.HasResult && history.Stored?.State != RunState.Succeeded && !IsForgotten(history, history.OverAt))
        {
            Fail(
                $"Run {history} has a result, but it is recorded as {history.Stored?.State} for " +
                $"{history.Stored?.Verdict?.Class}.");
        }
    }

    private bool IsForgotten(RunHistory history, DateTimeOffset? by) =>
        by is { } time && history.Tasks.Exists(
            task => task is { HasHost: false, ExitCode: 0 } && RunHistory.IsForgotten(task, World, time));
}
