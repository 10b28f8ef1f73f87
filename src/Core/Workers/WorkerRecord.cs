namespace Jobs.Core.Workers;

/// <summary>What a run's worker wrote about itself. It is evidence for the verdict, never control state.</summary>
/// <param name="Launch">The launch that claimed the record.</param>
/// <param name="TaskArn">The task that claimed it.</param>
public sealed record WorkerRecord(int Launch, string TaskArn, DateTimeOffset ClaimedAt)
{
    /// <summary>Last sign of life; null until the first, 60 s after the claim.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    public WorkerProgress? Progress { get; init; }

    /// <summary>The result as JSON; null when there is none, or when it is in S3.</summary>
    public string? ResultJson { get; init; }

    /// <summary>Key in the runner's bucket of a result above 32 KB.</summary>
    public string? ResultKey { get; init; }

    public WorkerError? Error { get; init; }

    /// <summary>Children in all that the run awaits; null when it does not.</summary>
    public int? Children { get; init; }

    /// <summary>Labels that the job added, each as <c>name=value</c>; no more than a run may have.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>When it noted its end, which its process then came to; null as long as it works.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The code with which the process was about to end; null as long as it works.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Last lines the job logged, oldest first.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];

    /// <summary>
    /// What the job wants its next attempt to know, as JSON; null when it saved nothing, or has a result.
    /// </summary>
    public string? CheckpointJson { get; init; }

    public bool HasResult => ResultJson is not null || ResultKey is not null;

    /// <summary>
    /// Whether the worker has noted how it ended: its task is on its way to STOPPED, or there already.
    /// </summary>
    public bool HasNotedEnd => ExitCode is not null;
}
