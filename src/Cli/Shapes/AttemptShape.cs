using Jobs.Core.Runs;

namespace Jobs.Cli.Shapes;

/// <summary>One task of a run.</summary>
/// <param name="Launch">Number of the launch; counts interruptions too.</param>
/// <param name="Attempt">Number of the attempt; 1 for the first.</param>
/// <param name="Verdict">Null while it runs.</param>
internal sealed record AttemptShape(
    int Launch,
    int Attempt,
    string? TaskArn,
    int? Cpu,
    int? MemoryMiB,
    bool Spot,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    double? BilledSeconds,
    int? ExitCode,
    ErrorShape? Error,
    VerdictShape? Verdict)
{
    public static AttemptShape Of(Attempt attempt) => new(
        attempt.Launch.Number,
        attempt.Number,
        attempt.TaskArn,
        attempt.Size?.Cpu,
        attempt.Size?.MemoryMiB,
        attempt.Spot,
        attempt.StartedAt,
        attempt.EndedAt,
        attempt.Billed?.TotalSeconds,
        attempt.ExitCode,
        attempt.Error is { } error ? new ErrorShape(error.Type, error.Message, error.Stack) : null,
        VerdictShape.Of(attempt.Verdict));

    /// <summary>The attempt that is under way, or that succeeded: it leaves no record of its own.</summary>
    public static AttemptShape OfLast(RunReading reading)
    {
        var run = reading.Run;
        return new AttemptShape(
            run.Launch,
            run.Attempt,
            run.TaskArn ?? reading.CurrentWorker?.TaskArn,
            run.Size.Cpu,
            run.Size.MemoryMiB,
            run.UsesSpot,
            run.StartedAt ?? reading.CurrentWorker?.ClaimedAt,
            run.EndedAt,
            run.IsOver ? run.Billed?.TotalSeconds : null,
            null,
            reading.CurrentWorker?.Error is { } error ? new ErrorShape(error.Type, error.Message, error.Stack) : null,
            run.IsOver && run.Verdict is { } verdict ? VerdictShape.Of(verdict) : null);
    }
}
