using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>The end of a parent that does not succeed cancels its children: none begins, and none works to its own end, long after.</summary>
internal sealed class NoChildOutlivesItsParent(SimulatedWorld world) : Invariant(world)
{
    /// <summary>Lost answers of RunTask are looked for after the tokens' life.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    /// <summary>Where nothing hinders: the effect, its repetition by the sweep, and the time to stop.</summary>
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMinutes(6);

    public override void UserCodeStarted(RunHistory history, EcsTask task) => Check(history, "begins to run");

    public override void UserCodeEnded(RunHistory history, EcsTask task) => Check(history, "still runs");

    private void Check(RunHistory history, string what)
    {
        if (history.Stored?.Parent is not { } parent || World.Runs.Find(parent) is not { IsOver: true, State: not RunState.Succeeded }) return;
        var over = World.Witness.Of(parent).OverAt!.Value;
        var (since, bound) = over > World.HinderedUntil ? (over, Undisturbed) : (over > World.FaultsEnd ? over : World.FaultsEnd, Bound);
        if (World.Loop.Now > since + bound) Fail($"Run {history} {what} user code, but its parent {parent} is over since {over:HH:mm:ss}.");
    }
}
