using Jobs.Core.Triggers;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// Each end starts each job that comes after it, once. That nothing else does, OneRunPerTrigger sees. The run that
/// stands for an array is followed by nothing; the runs of its items are.
/// </summary>
internal sealed class EachEndIsFollowed(SimulatedWorld world) : Invariant(world)
{
    public override void AtTheEndOf(RunHistory history)
    {
        if (history.Stored is not { IsOver: true, Array: null } run || World.Schedule.HasDeployments) return;
        foreach (var job in Requests.FollowersOf(run).Where(job => World.Catalog.Find(job) is not null))
        {
            var follower = Followers.IdOf(job, run.Id);
            if (World.Runs.Find(follower) is null)
            {
                Fail($"Run {history} is {run.State}, but {job} has no run {follower} after it.");
            }
        }
    }
}
