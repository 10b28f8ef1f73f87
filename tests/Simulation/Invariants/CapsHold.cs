using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>A capped job never has more tasks than its cap.</summary>
internal sealed class CapsHold(SimulatedWorld world) : Invariant(world)
{
    private readonly Dictionary<string, List<EcsTask>> _alive = [];

    public override void TaskStarted(RunHistory history, EcsTask task)
    {
        if (World.Catalog.Find(task.Run.Job)?.MaxConcurrent is not { } cap) return;
        // What was decided before a deployment had come everywhere goes by the cap of then.
        if (!World.IsSettledIn(task.Run.Job, history.Stored!.LaunchedAt!.Value)) return;
        if (!_alive.TryGetValue(task.Run.Job, out var alive)) _alive[task.Run.Job] = alive = [];
        alive.Add(task);
        if (alive.Count <= cap) return;
        Fail(
            $"Job {task.Run.Job} has a cap of {cap}, but tasks of the runs " +
            $"{string.Join(", ", alive.Select(one => one.Launch.Id))} are alive at once.");
    }

    public override void TaskEnded(RunHistory history, EcsTask task)
    {
        if (_alive.TryGetValue(task.Run.Job, out var alive)) alive.Remove(task);
    }
}
