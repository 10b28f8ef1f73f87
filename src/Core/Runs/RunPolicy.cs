using Jobs.Core.Definitions;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>
/// The size and the rules that a run was submitted with. They travel with it, so that a deployment in mid-run changes
/// nothing for it. Caps and budgets do not: they are about all runs together, and those of the present deployment
/// count.
/// </summary>
public sealed record RunPolicy
{
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public required int TimeoutMinutes { get; init; }

    public required int StopTimeoutSeconds { get; init; }

    public required int Attempts { get; init; }

    public required int BackoffSeconds { get; init; }

    public required int MaxBackoffSeconds { get; init; }

    /// <summary>Ends that are never repeated; null for none.</summary>
    public RetryMatch? NonRetryable { get; init; }

    /// <summary>Ends that are repeated although they would not be; null for none.</summary>
    public RetryMatch? Retryable { get; init; }

    /// <summary>Memory up to which the run grows after an OutOfMemory; null for no growth.</summary>
    public int? MaxMemoryMiB { get; init; }

    /// <summary>Time of the run from its request on, all attempts and waiting together; null for no limit.</summary>
    public int? RunTimeoutMinutes { get; init; }

    /// <summary>What the run costs depends on it.</summary>
    public Architecture Architecture { get; init; }

    /// <summary>What the run costs depends on it; null for the 20 GiB that cost nothing.</summary>
    public int? EphemeralStorageGiB { get; init; }

    public bool Spot { get; init; }

    /// <summary>The image claims launches, sends heartbeats and records results.</summary>
    public bool HasHost { get; init; } = true;

    /// <summary>The size was asked for with the run; else it is the job's.</summary>
    public bool HasOwnSize { get; init; }

    /// <param name="size">What the run is to have; null for what the job declares.</param>
    public static RunPolicy Of(JobDefinition job, TaskSize? size = null) => new()
    {
        Cpu = size?.Cpu ?? job.Cpu,
        MemoryMiB = size?.MemoryMiB ?? job.MemoryMiB,
        HasOwnSize = size is not null,
        TimeoutMinutes = job.TimeoutMinutes,
        StopTimeoutSeconds = job.StopTimeoutSeconds,
        // Not a run that drains a queue is repeated, but the messages that it did not do.
        Attempts = job.Queue is null ? job.Retry.Attempts : 1,
        BackoffSeconds = job.Retry.BackoffSeconds,
        MaxBackoffSeconds = job.Retry.MaxBackoffSeconds,
        NonRetryable = job.Retry.NonRetryable,
        Retryable = job.Retry.Retryable,
        MaxMemoryMiB = job.MaxMemoryMiB,
        RunTimeoutMinutes = job.RunTimeoutMinutes,
        Architecture = job.Architecture,
        EphemeralStorageGiB = job.EphemeralStorageGiB,
        Spot = job.Spot,
        HasHost = job.HasHost,
    };
}
