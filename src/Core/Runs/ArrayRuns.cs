using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>The steps of an array run besides those of <see cref="RunLifecycle"/>.</summary>
public static class ArrayRuns
{
    /// <summary>The run that an array makes: it awaits its children from the beginning.</summary>
    public static Run Submit(RunRequest request, RunPolicy policy, ArrayWork work, DateTimeOffset now) => Schedule(
        new Run(request.Id)
        {
            State = RunState.AwaitingChildren,
            Trigger = request.Trigger,
            Policy = policy,
            Input = request.Input,
            Priority = request.Priority,
            RetryOf = request.RetryOf,
            By = request.By,
            CreatedAt = now,
            Array = work,
            Children = work.Count,
            Owed = [Effect.StartChildren],
        },
        now);

    /// <summary>How the run ends when all its children have.</summary>
    internal static Verdict VerdictOf(Run run, Fact.ChildrenEnded ended) => ended.Failed == 0
        ? new(VerdictClass.Succeeded, VerdictAction.None, $"All {run.Children:N0} items succeeded.", "Nothing to do.")
        : new(
            VerdictClass.ChildrenFailed,
            VerdictAction.GiveUp,
            $"Of {run.Children:N0} items, {ended.Failed:N0} did not " +
            $"succeed.{(ended.Why is { } why ? $" The first: {why}" : "")}",
            "Look at the runs of these items, and retry them by their ids when the cause is gone.");

    private static Run Schedule(Run run, DateTimeOffset now) => run with { NextCheckAt = RunTimes.NextCheck(run, now) };
}
