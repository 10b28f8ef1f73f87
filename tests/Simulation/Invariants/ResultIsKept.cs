using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>Work that was done is never lost: a run whose worker recorded a result has succeeded.</summary>
internal sealed class ResultIsKept(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (!history.HasResult || before?.Launch == after.Launch) return;
        Fail($"Run {history} has a result, but it is launched again.");
    }

    public override void AtTheEndOf(RunHistory history)
    {
        if (history.HasResult && history.Stored?.State != RunState.Succeeded)
        {
            Fail($"Run {history} has a result, but it is recorded as {history.Stored?.State} for {history.Stored?.Verdict?.Class}.");
        }
    }
}
