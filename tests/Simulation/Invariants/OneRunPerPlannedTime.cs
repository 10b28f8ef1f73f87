using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>Every planned time whose announcement was taken in has its run, be it one that was skipped.</summary>
internal sealed class OneRunPerPlannedTime(SimulatedWorld world) : Invariant(world)
{
    public override void AtTheEnd()
    {
        foreach (var planned in World.Plans.All)
        {
            if (planned.HandledAt is { } at && World.Runs.Find(planned.Run) is null)
            {
                Fail($"{planned} came at {at:HH:mm:ss}, but there is no run {planned.Run}.");
            }

            if (planned is { HandledAt: null, IsLost: false, IsRejected: false })
            {
                Fail($"The announcement of {planned} was neither taken in nor refused.");
            }
        }
    }
}
