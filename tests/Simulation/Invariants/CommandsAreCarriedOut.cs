using Jobs.Core.Commands;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// Every command is carried out, once however often it comes, or refused with cause; a retry by hand makes one run.
/// </summary>
internal sealed class CommandsAreCarriedOut(SimulatedWorld world) : Invariant(world)
{
    public override void AtTheEnd()
    {
        foreach (var asked in World.Commands.All)
        {
            if (!asked.IsDone && !asked.IsRefused)
            {
                Fail($"The command {asked.Body} was neither carried out nor refused.");
            }
            else if (asked.IsDone && asked.Run is { } run && World.Runs.Find(run) is null && !HasLostItsParent(asked)
                && !IsNotedAsRefused(asked))
            {
                Fail($"The command for run {run} was carried out, but there is no such run.");
            }
        }
    }

    // Its parent has been told that it failed: another copy of the command does not begin it any more.
    private bool IsNotedAsRefused(Commands.Asked asked) =>
        asked.Command is Command.Submit { Parent: { } parent, Index: var index }
                && World.Children.ReadAsync(
                    parent, index, 1, CancellationToken.None).Result is [{ State: RunState.Failed } child]
            && child.Index == index;

    private bool HasLostItsParent(Commands.Asked asked) =>
        asked.Command is Command.Submit { Parent: { } parent }
            && World.Runs.Find(parent) is { IsOver: true, State: not RunState.Succeeded };
}
