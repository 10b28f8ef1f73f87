using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// No partition of DynamoDB is asked for more than it gives, and no item outgrows it. What is not a control item, its
/// model counts.
/// </summary>
internal sealed class PartitionsHold(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after) => World.Partitions.Stored(before, after);
}
