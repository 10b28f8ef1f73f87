using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>With faults ended every run ends, owes nothing, holds nothing, and no task lives on unseen.</summary>
internal sealed class NothingIsLeft(SimulatedWorld world) : Invariant(world)
{
    public override void AtTheEndOf(RunHistory history)
    {
        if (history.Stored is not { } run) return;
        if (!run.IsOver)
        {
            Fail($"Run {history} is still {run.State} at {World.Loop.Now:HH:mm:ss}, long after the faults ended.");
        }
        else if (!run.Owed.IsEmpty) Fail($"Run {history} is {run.State} and still owes {string.Join(", ", run.Owed)}.");
        else if (run.NextCheckAt is not null)
        {
            Fail($"Run {history} is over and owes nothing, but is still in the active index.");
        }
        else if (history.Tasks.Find(task => task.IsAlive) is { } task)
        {
            Fail($"Run {history} is over, but its task {task} lives on.");
        }
    }

    public override void AtTheEnd()
    {
        foreach (var holder in World.HeldPermits)
        {
            Fail($"Launch {holder} still holds a slot of {holder.Run.Job}, or a share of the budget.");
        }

        if (World.Runs.ActiveCount > 0)
        {
            Fail($"{World.Runs.ActiveCount} runs are in the active index although all are over.");
        }
    }
}
