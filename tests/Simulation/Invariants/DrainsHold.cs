using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// A queue never has more tasks than its MaxTasks, and every run that drains it was reserved by the one who decided.
/// </summary>
internal sealed class DrainsHold(SimulatedWorld world) : Invariant(world)
{
    private readonly List<EcsTask> _alive = [];

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is not null || after.Id.Job != SimulatedJobs.Drain.Name) return;
        if (!World.DrainState.Alive.Any(drain => drain.RunOf(after.Id.Job) == after.Id))
        {
            Fail($"Run {after.Id} was made to drain the queue, but no decision reserved it.");
        }
    }

    public override void TaskStarted(RunHistory history, EcsTask task)
    {
        if (task.Run.Job != SimulatedJobs.Drain.Name) return;
        _alive.Add(task);
        var most = SimulatedJobs.Drain.Queue!.MaxTasks;
        if (_alive.Count > most)
        {
            Fail(
                $"The queue has MaxTasks = {most}, but tasks of the runs " +
                $"{string.Join(", ", _alive.Select(one => one.Launch.Id))} are alive at once.");
        }
    }

    public override void TaskEnded(RunHistory history, EcsTask task) => _alive.Remove(task);
}
