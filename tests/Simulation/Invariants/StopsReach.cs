using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// A cancelled run, and an attempt that has had its time, stop: user code ends within the bound after the last of what
/// asked for it and of the faults that may have hindered it.
/// </summary>
internal sealed class StopsReach(SimulatedWorld world) : Invariant(world)
{
    /// <summary>
    /// Lost answers of RunTask are looked for after the tokens' life, then a task may yet start, be seen, and be
    /// stopped.
    /// </summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    public override void UserCodeStarted(RunHistory history, EcsTask task)
    {
        if (history.CancelledAt is { } cancelled && Late(cancelled) > Bound)
        {
            Fail(
                $"Run {history} was cancelled {Late(cancelled):hh\\:mm\\:ss} ago, but its task {task} begins to run " +
                "user code.");
        }
    }

    public override void UserCodeEnded(RunHistory history, EcsTask task)
    {
        var due = task.RunningAt!.Value + TimeSpan.FromMinutes(task.TimeoutMinutes);
        if (history.CancelledAt < due) due = history.CancelledAt.Value;
        if (Late(due) > Bound)
        {
            Fail(
                $"Task {task} of run {history} should have been stopped at {due:HH:mm:ss}, but ran user code until " +
                $"{World.Loop.Now:HH:mm:ss}.");
        }
    }

    private TimeSpan Late(DateTimeOffset due) => World.Loop.Now - (due > World.FaultsEnd ? due : World.FaultsEnd);
}
