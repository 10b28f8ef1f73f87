using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>
/// A run that has waited too long for AWS, or for children that do not come. What waits for us (its time, a slot, the
/// budget) is not stalled.
/// </summary>
/// <param name="Since">Since when it gets no further.</param>
/// <param name="Reason">Class of the last refusal, or one of the constants here: runs that stall alike are one
/// alert.</param>
public sealed record Stall(DateTimeOffset Since, string Reason)
{
    /// <summary>RunTask's answers are lost.</summary>
    public const string NoAnswer = nameof(NoAnswer);

    /// <summary>ECS has a task, and no worker claims it.</summary>
    public const string NotStarted = nameof(NotStarted);

    /// <summary>The task was to stop, and is not stopped.</summary>
    public const string NotStopped = nameof(NotStopped);

    /// <summary>Children that it awaits have no runs: their commands were lost, or lie in the dead letters.</summary>
    public const string ChildrenMissing = nameof(ChildrenMissing);

    /// <summary>How long AWS may take for one step.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Refusals in a row before a run counts as stalled: one that waited long for a slot is not, at its first.
    /// </summary>
    public const int MinRefusals = 5;

    /// <summary>More than the reason says, for people and of this run only; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>The run, stalled if it has waited too long; known stalls stay as they began.</summary>
    internal static Run Note(Run run, DateTimeOffset now)
    {
        if (run.Stall is not null
            || run.WaitsSince is not { } since
            || since + Limit > now
            || ReasonOf(run) is not { } reason)
        {
            return run;
        }

        return run with { Stall = new Stall(since, reason), Owed = run.Owed.Add(Effect.AlertStuck) };
    }

    /// <summary>
    /// The run, stalled because children do not come, or no longer when all have; known stalls stay as they began. The
    /// look that found them missing has counted all the others.
    /// </summary>
    internal static Run Miss(Run run, Fact fact, DateTimeOffset now)
    {
        var next = ((Fact.ChildrenMissing)fact).Which is { } which ? OfChildren(run, which, now) : End(run);
        return ReferenceEquals(next, run) ? run : next with { Owed = next.Owed.Remove(Effect.CountChildren) };
    }

    /// <summary>The run, no longer stalled: it moves again, or is over.</summary>
    internal static Run End(Run run) => run.Stall is null || run.Owed.Contains(Effect.AlertRecovered)
        ? run
        : run with { Owed = run.Owed.Remove(Effect.AlertStuck).Add(Effect.AlertRecovered) };

    private static Run OfChildren(Run run, string which, DateTimeOffset now)
    {
        if (run.Stall is not null) return run;
        var stall = new Stall(run.WaitsSince ?? now, ChildrenMissing) { Detail = which };
        return run with { Stall = stall, Owed = run.Owed.Add(Effect.AlertStuck) };
    }

    private static string? ReasonOf(Run run) => run switch
    {
        { State: RunState.Pending, Refusals: >= MinRefusals, Verdict: { } refusal } => refusal.Class.ToString(),
        { State: RunState.Starting, TaskArn: null } => NoAnswer,
        // An image without our host claims nothing: Starting is all that is known of it until it ends.
        { State: RunState.Starting, Policy.HasHost: true } => NotStarted,
        { State: RunState.Stopping } => NotStopped,
        _ => null,
    };
}
