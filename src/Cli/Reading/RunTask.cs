using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Cli.Reading;

/// <summary>One task of a run: one that has ended, one that is under way, or the one that succeeded.</summary>
/// <param name="Launch">Number of the launch; counts interruptions too.</param>
/// <param name="Attempt">Number of the attempt; 1 for the first.</param>
/// <param name="Verdict">Null while it runs.</param>
internal sealed record RunTask(int Launch, int Attempt, string? TaskArn, Verdict? Verdict)
{
    /// <summary>What Fargate gave it; null when that is not known.</summary>
    public TaskSize? Size { get; init; }

    public bool Spot { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public TimeSpan? Billed { get; init; }

    public int? ExitCode { get; init; }

    public WorkerError? Error { get; init; }

    /// <summary>All tasks of a run, in order.</summary>
    /// <param name="attempts">Those that ended without success.</param>
    public static IReadOnlyList<RunTask> Of(RunReading reading, IReadOnlyList<Attempt> attempts)
    {
        var tasks = attempts.Select(Ended).ToList();
        // A success leaves no attempt, and a task that runs has not left one yet.
        var hasLast = reading.Run.TaskArn is not null || reading.CurrentWorker is not null;
        if (hasLast && attempts.All(attempt => attempt.Launch.Number != reading.Run.Launch)) tasks.Add(Last(reading));
        return tasks;
    }

    private static RunTask Ended(Attempt attempt) =>
        new(attempt.Launch.Number, attempt.Number, attempt.TaskArn, attempt.Verdict)
        {
            Size = attempt.Size,
            Spot = attempt.Spot,
            StartedAt = attempt.StartedAt,
            EndedAt = attempt.EndedAt,
            Billed = attempt.Billed,
            ExitCode = attempt.ExitCode,
            Error = attempt.Error,
        };

    private static RunTask Last(RunReading reading)
    {
        var (run, worker) = (reading.Run, reading.CurrentWorker);
        return new RunTask(run.Launch, run.Attempt, run.TaskArn ?? worker?.TaskArn, run.IsOver ? run.Verdict : null)
        {
            Size = run.Size,
            Spot = run.UsesSpot,
            StartedAt = run.StartedAt ?? worker?.ClaimedAt,
            EndedAt = run.EndedAt,
            Billed = run.IsOver ? run.Billed : null,
            Error = worker?.Error,
        };
    }
}
