using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// How a run ended is recorded once and never changes; each write follows the one it read; launches are numbered
/// without a gap.
/// </summary>
internal sealed class TerminalIsFinal(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is null) return;
        if (before.IsOver
            && (after.State != before.State || after.Verdict != before.Verdict || after.EndedAt != before.EndedAt))
        {
            Fail(
                $"Run {after.Id} was {before.State} for {before.Verdict?.Class} and became {after.State} for " +
                $"{after.Verdict?.Class}.");
        }

        if (after.Launch < before.Launch || after.Launch > before.Launch + 1)
        {
            Fail($"Run {after.Id} went from launch {before.Launch} to launch {after.Launch}.");
        }
    }
}
