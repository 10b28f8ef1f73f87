using Jobs.Core.Definitions;

namespace Jobs.Core.Runs;

/// <summary>The numbers a run was submitted with. They travel with it, so that a deployment in mid-run changes nothing for it.</summary>
public sealed record RunPolicy
{
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public required int TimeoutMinutes { get; init; }

    public required int StopTimeoutSeconds { get; init; }

    public required int Attempts { get; init; }

    public required int BackoffSeconds { get; init; }

    public required int MaxBackoffSeconds { get; init; }

    /// <summary>Cap on the job's concurrent attempts; null for none.</summary>
    public int? MaxConcurrent { get; init; }

    public bool Spot { get; init; }

    /// <summary>The image claims launches, sends heartbeats and records results.</summary>
    public bool HasHost { get; init; } = true;

    public static RunPolicy Of(JobDefinition job) => new()
    {
        Cpu = job.Cpu,
        MemoryMiB = job.MemoryMiB,
        TimeoutMinutes = job.TimeoutMinutes,
        StopTimeoutSeconds = job.StopTimeoutSeconds,
        Attempts = job.Retry.Attempts,
        BackoffSeconds = job.Retry.BackoffSeconds,
        MaxBackoffSeconds = job.Retry.MaxBackoffSeconds,
        MaxConcurrent = job.MaxConcurrent,
        Spot = job.Spot,
        HasHost = job.HasHost,
    };
}
