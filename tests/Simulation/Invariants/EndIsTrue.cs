using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>How a run is said to have ended is how it really ended.</summary>
internal sealed class EndIsTrue(SimulatedWorld world) : Invariant(world)
{
    public override void AtTheEndOf(RunHistory history)
    {
        if (history.Stored is not { IsOver: true } run) return;
        var isTrue = run.State switch
        {
            // An array does nothing itself.
            RunState.Succeeded => history.HasResult || run.Array is not null,
            RunState.Cancelled =>
                World.Requests.MayCancel(history.Id) || WasStoppedByHand(history) || WasRemoved(history),
            // Whether that stop was due is another invariant's.
            RunState.TimedOut => history.HadItsTime || RunTimes.RunDeadline(run) <= run.EndedAt,
            _ => true,
        };
        if (!isTrue)
        {
            Fail(
                $"Run {history} is recorded as {run.State} for {run.Verdict?.Class}, but its tasks ended by " +
                $"{string.Join(", ", history.Tasks.Select(task => task.Cause))}.");
        }
    }

    private static bool WasStoppedByHand(RunHistory history) =>
        history.Tasks.Any(task => task.Cause == EndCause.StoppedByHand);

    private bool WasRemoved(RunHistory history) =>
        history.Stored?.Verdict?.Class == VerdictClass.JobRemoved && World.WasRemoved(history.Id.Job);
}
