using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// A run that awaits its children goes on, or ends well, when each of them has ended, and never before.
/// </summary>
internal sealed class ParentsResumeWhenAllHaveEnded(SimulatedWorld world) : Invariant(world)
{
    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is not { State: RunState.AwaitingChildren } parent
            || after.State is RunState.AwaitingChildren or RunState.Cancelled or RunState.TimedOut)
        {
            return;
        }

        var failed = 0;
        for (var index = 0; index < parent.Children; index++)
        {
            var child = parent.Array is null ? World.Splits.ChildOf(parent.Id, index)
                : ChildRun.IdOf(parent.Id.Job, parent.Id, index);
            var run = World.Runs.Find(child);
            if (run is null ? !MayBeRefused(child, parent) : !run.IsOver)
            {
                Fail($"Run {history} goes on as {after.State}, but its child {child} " +
                    $"{(run is null ? "was never made" : $"is {run.State}")}.");
                return;
            }

            if (run?.State != RunState.Succeeded) failed++;
        }

        if (parent.Array is not null && after.State == RunState.Succeeded != (failed == 0))
        {
            Fail($"Array {history} is {after.State}, but {failed} of its {parent.Children} items did not succeed.");
        }
    }

    private bool MayBeRefused(RunId child, Run parent) =>
        child.Job == SimulatedJobs.Unknown || World.Schedule.HasDeployments
            || (parent.Array is not null && IsBroken(parent.Array.Key, parent.Id, child));

    private bool IsBroken(string key, RunId parent, RunId child) => World.Schedule.Work.OfType<WorkItem.Array>()
        .Any(array => key.EndsWith($"/{array.Key}", StringComparison.Ordinal) && array.Bad >= 0
            && child == ChildRun.IdOf(parent.Job, parent, array.Bad));
}
