using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>No launch ever has a second task, and no task is started for a run that is over.</summary>
internal sealed class OneTaskPerLaunch(SimulatedWorld world) : Invariant(world)
{
    public override void TaskStarted(RunHistory history, EcsTask task)
    {
        if (history.Tasks.Find(other => other.Launch.Id == task.Launch.Id) is { } first)
        {
            Fail($"Launch {task.Launch.Id} started task {task} although it had started task {first}.");
        }
    }
}
