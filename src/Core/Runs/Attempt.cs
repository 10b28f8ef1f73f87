using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Core.Runs;

/// <summary>One ECS task of a run that ended without success, with all that is known about it.</summary>
/// <param name="Number">Attempt of the application, 1 for the first.</param>
public sealed record Attempt(LaunchId Launch, int Number, Verdict Verdict)
{
    public string? TaskArn { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int? ExitCode { get; init; }

    public WorkerError? Error { get; init; }

    public IReadOnlyList<string> LogTail { get; init; } = [];

    /// <summary>ECS's own description of the stopped task as JSON: gone from ECS within the hour.</summary>
    public string? Raw { get; init; }
}
