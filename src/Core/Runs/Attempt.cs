using Jobs.Core.Ids;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Core.Runs;

/// <summary>One ECS task of a run that ended without success, with all that is known about it.</summary>
/// <param name="Number">Attempt of the application, 1 for the first.</param>
public sealed record Attempt(LaunchId Launch, int Number, Verdict Verdict)
{
    public string? TaskArn { get; init; }

    /// <summary>What Fargate gave its task; null when that is not known.</summary>
    public TaskSize? Size { get; init; }

    /// <summary>It ran on Fargate Spot.</summary>
    public bool Spot { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// What AWS bills: from the beginning of the image's pull to the end, or as near to it as is known. Null when there
    /// was no task.
    /// </summary>
    public TimeSpan? Billed { get; init; }

    public int? ExitCode { get; init; }

    public WorkerError? Error { get; init; }

    /// <summary>The last progress that the worker recorded.</summary>
    public WorkerProgress? Progress { get; init; }

    public IReadOnlyList<string> LogTail { get; init; } = [];

    /// <summary>
    /// ECS's own description of the stopped task as JSON, which is gone from ECS within the hour; as it is kept,
    /// without what the attempt itself or the task definition says.
    /// </summary>
    public string? Ecs { get; init; }
}
