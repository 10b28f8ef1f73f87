using Jobs.Core.Engine;
using Jobs.Core.Tasks;

namespace Jobs.Tests.InMemory;

/// <summary>A task of the model of ECS.</summary>
public sealed record InMemoryTask(string TaskArn, Launch Launch, DateTimeOffset StartedAt)
{
    /// <summary>Why StopTask was called first; null when it was not.</summary>
    public string? StopReason { get; init; }

    /// <summary>How it ended; null while it lives.</summary>
    public TaskObservation? Stopped { get; init; }

    /// <summary>It does not get beyond PROVISIONING.</summary>
    public bool IsStuck { get; init; }

    /// <summary>ECS answers MISSING.</summary>
    public bool IsForgotten { get; init; }

    public bool IsAlive => Stopped is null && !IsForgotten;
}
