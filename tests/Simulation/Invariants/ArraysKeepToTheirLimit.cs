using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>An array never has more items under way than may be at once, and each of its lines has one run.</summary>
internal sealed class ArraysKeepToTheirLimit(SimulatedWorld world) : Invariant(world)
{
    private readonly Dictionary<RunId, int> _alive = [];

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (after.Parent is not { } parent || World.Runs.Find(parent)?.Array is not { } work) return;
        var change = (after.IsOver ? 0 : 1) - (before is null or { IsOver: true } ? 0 : 1);
        var alive = _alive[parent] = _alive.GetValueOrDefault(parent) + change;
        if (change > 0 && alive > work.AtOnce)
        {
            Fail($"Array {parent} may have {work.AtOnce} items at once, but with {after.Id} it has {alive}.");
        }
    }
}
