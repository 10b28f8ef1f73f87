using Jobs.Core.Costs;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Metrics;

/// <summary>What the end of an attempt, of a run, or of both at once comes to.</summary>
/// <param name="Run">The run.</param>
/// <param name="Attempt">Number of the attempt that ended, or was the last.</param>
/// <param name="Trigger">What started the run, for people.</param>
public sealed record EndFigures(RunId Run, int Attempt, string Trigger)
{
    /// <summary>How the run ended; null while it goes on.</summary>
    public RunState? Outcome { get; init; }

    /// <summary>What became of the attempt, or why the run ended without one.</summary>
    public VerdictClass? Verdict { get; init; }

    /// <summary>
    /// From the request to the claim, of a run's first attempt that began; null of every other, so that no run counts
    /// twice.
    /// </summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>From the claim to the end of the task; null of an attempt that never began.</summary>
    public TimeSpan? Ran { get; init; }

    /// <summary>
    /// US dollars that Fargate asks for the task, at the prices of us-east-1; of Spot an estimate. Null without a task.
    /// </summary>
    public decimal? Dollars { get; init; }

    /// <summary>The figures of a fact that has been recorded; null of one that ended nothing.</summary>
    /// <param name="before">The run before the fact.</param>
    /// <param name="next">The run as it was written.</param>
    public static EndFigures? Of(Run before, Fact fact, Run next, DateTimeOffset now)
    {
        var stopped = fact is Fact.TaskStopped or Fact.TaskMissing;
        if (!stopped && (before.IsOver || !next.IsOver)) return null;
        var figures = OfRun(next) with { Attempt = before.Attempt };
        return stopped ? figures.WithTask(before, fact, now) : figures;
    }

    /// <summary>The figures of a run that was recorded as over, and never had a task.</summary>
    public static EndFigures OfRun(Run run) => new(run.Id, run.Attempt, run.Trigger)
    {
        Outcome = run.IsOver ? run.State : null,
        Verdict = run.Verdict?.Class,
    };

    private EndFigures WithTask(Run before, Fact fact, DateTimeOffset now)
    {
        var known = RunLifecycle.WithTask(before, fact, now);
        var ended = (fact as Fact.TaskStopped)?.Task.StoppedAt ?? now;
        return this with
        {
            Waited = known.StartedAt is { } began && IsFirst(before) ? NotNegative(began - before.CreatedAt) : null,
            Ran = known.StartedAt is { } from ? NotNegative(ended - from) : null,
            Dollars = known.Billed is { } billed ? RunCost.OfTask(before, billed, FargatePrices.UsEast1) : null,
        };
    }

    /// <summary>No attempt before this one can have begun.</summary>
    private static bool IsFirst(Run run) =>
        run is { Attempt: 1, Interruptions: 0, Unnamed: 0, Children: 0, Grown: null };

    private static TimeSpan NotNegative(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
