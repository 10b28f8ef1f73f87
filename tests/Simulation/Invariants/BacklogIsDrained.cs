using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>With faults ended no message is left alone, and nothing is reserved for ever.</summary>
internal sealed class BacklogIsDrained(SimulatedWorld world) : Invariant(world)
{
    public override void AtTheEnd()
    {
        var (queue, drains) = (World.Queue.Reading, World.DrainState);
        if (!World.Queue.IsEmpty)
        {
            Fail(
                $"{queue.Visible} messages wait and {queue.InFlight} are in flight at {World.Loop.Now:HH:mm:ss}, " +
                "long after the faults ended.");
        }
        else if (!drains.Alive.IsEmpty)
        {
            Fail($"The queue is empty, but the drains {string.Join(", ", drains.Alive)} still count as alive.");
        }
    }
}
