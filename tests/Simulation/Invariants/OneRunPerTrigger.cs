using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>Every accepted trigger has exactly one run, and nothing else has one.</summary>
internal sealed class OneRunPerTrigger(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        // Those that drain a queue are looked at by DrainsHold.
        if (before is null && after.Id.Job != SimulatedJobs.Drain.Name && !World.Requests.Has(after))
        {
            Fail($"Run {after.Id} was made, but nothing asked for it.");
        }
    }

    public override void AtTheEnd()
    {
        foreach (var upload in World.Uploads.Accepted)
        {
            if (World.Witness.Of(upload).Stored is null)
            {
                Fail($"The upload for run {upload} was accepted, but there is no such run.");
            }
        }

        foreach (var upload in World.Uploads.Unanswered)
        {
            Fail($"The upload for run {upload} was neither accepted nor refused.");
        }
    }
}
