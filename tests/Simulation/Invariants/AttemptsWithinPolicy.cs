using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// A job gets all the attempts that its policy gives it, and none more; what AWS interrupts costs none.
/// </summary>
internal sealed class AttemptsWithinPolicy(SimulatedWorld world) : Invariant(world)
{
    public override void UserCodeStarted(RunHistory history, EcsTask task)
    {
        // A task that was told to stop before it began is its run's attempt all the same, not one after it.
        if (history.Stored is { } run && history.SpentBefore(task, World) >= run.Policy.Attempts)
        {
            Fail(
                $"Run {history} has {run.Policy.Attempts} attempts and spent {history.SpentBefore(task, World)}, but " +
                $"task {task} runs it again.");
        }

        if (history.Tasks.Find(
            one => one.Cause == EndCause.Hopeless
                && !history.SpentByStop.Contains(one.Launch.Id.Number)) is { } hopeless)
        {
            Fail($"Run {history} cannot succeed, as its task {hopeless} said, but task {task} runs it again.");
        }
    }

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (after.Attempt > after.Policy.Attempts)
        {
            Fail($"Run {history} is at attempt {after.Attempt} of {after.Policy.Attempts}.");
        }

        if (after.State != RunState.Failed || before?.State == RunState.Failed || after.Array is not null) return;
        var hopeless = history.IsMisconfigured
            || World.Results.Find(history.Id)?.Error is { Retryable: false }
            || history.Tasks.Any(
                task => task.Cause == EndCause.Hopeless || (task.Cause == EndCause.Memory && !CanGrow(after, task)));
        var isUnknown = after.Verdict?.Class == VerdictClass.TaskMissing && history.IsEndUnknown(after.Launch, World);
        if (hopeless
            || history.Spent + (isUnknown ? 1 : 0) >= after.Policy.Attempts
            || after.Interruptions >= RunTimings.MaxInterruptions
            || after.Unnamed >= RunTimings.MaxUnnamed
            || HasNoTime(after))
        {
            return;
        }

        Fail(
            $"Run {history} was given up as {after.Verdict?.Class} after {history.Spent} of {after.Policy.Attempts} " +
            $"attempts; its tasks ended by {string.Join(", ", history.Tasks.Select(task => task.Cause))}.");
    }

    private static bool CanGrow(Run run, EcsTask task) =>
        run.Policy.MaxMemoryMiB is { } limit && FargateSizes.Bigger(task.Size, limit) is not null;

    // A repetition that could not begin before the run's own deadline is none.
    private bool HasNoTime(Run run) =>
        RunTimes.RunDeadline(run) <= World.Loop.Now + TimeSpan.FromSeconds(
            Math.Min(run.Policy.MaxBackoffSeconds, run.Policy.BackoffSeconds * Math.Pow(2, run.Attempt)));
}
