using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// The end of a parent that does not succeed cancels its children: when it owes that no longer, none of those that are
/// noted goes on; none is made, and
/// none works to its own end, long after.
/// </summary>
internal sealed class NoChildOutlivesItsParent(SimulatedWorld world) : Invariant(world)
{
    /// <summary>Lost answers of RunTask are looked for after the tokens' life.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    /// <summary>Where nothing hinders: the effect, its repetition by the sweep, and the time to stop.</summary>
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMinutes(6);

    /// <summary>A process that had asked whether the parent goes on may live that long.</summary>
    private static readonly TimeSpan Admitted = TimeSpan.FromMinutes(2);

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is null && OverSince(after.Parent) is { } over && over + Admitted < World.Loop.Now)
        {
            Fail($"Run {after.Id} was made, but its parent {after.Parent} is over since {over:HH:mm:ss}.");
        }

        if (after is not { IsOver: true, State: not RunState.Succeeded } || after.Owes(EffectKind.CancelChildren))
        {
            return;
        }

        if (before is not { IsOver: true } ending || ending.Owes(EffectKind.CancelChildren)) CheckChildrenOf(after);
    }

    private void CheckChildrenOf(Run parent)
    {
        foreach (var run in World.Runs.All.Values.Where(run => run.Parent == parent.Id))
        {
            if (run is { IsOver: false, State: not RunState.Stopping })
            {
                Fail($"Run {parent.Id} is {parent.State} and owes its children nothing, but {run.Id} is {run.State}.");
            }
        }
    }

    public override void UserCodeStarted(RunHistory history, EcsTask task) => Check(history, "begins to run");

    public override void UserCodeEnded(RunHistory history, EcsTask task) => Check(history, "still runs");

    private void Check(RunHistory history, string what)
    {
        if (history.Stored?.Parent is not { } parent || OverSince(parent) is not { } over) return;
        var (since, bound) = over > World.HinderedUntil ? (over, Undisturbed)
            : (over > World.FaultsEnd ? over : World.FaultsEnd, Bound);
        if (World.Loop.Now > since + bound)
        {
            Fail($"Run {history} {what} user code, but its parent {parent} is over since {over:HH:mm:ss}.");
        }
    }

    /// <summary>Since when the parent is over without success; null when it is not, or there is none.</summary>
    private DateTimeOffset? OverSince(RunId? parent) =>
        parent is { } id && World.Runs.Find(id) is { IsOver: true, State: not RunState.Succeeded }
            ? World.Witness.Of(id).OverAt : null;
}
