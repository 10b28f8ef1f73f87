namespace Lapstack.Services.Ecs.Tasks;

/// <summary>A container of a task.</summary>
/// <param name="Cpu">The container's share in CPU units; "0" when it has none of its own.</param>
internal sealed record ContainerRecord(
    string Name, string Arn, string Image, string? ImageDigest, string Cpu, string? Memory)
{
    public string LastStatus { get; init; } = TaskState.Pending;

    /// <summary>Null until it was started.</summary>
    public string? RuntimeId { get; init; }

    /// <summary>Null when it never ran, or when its end was not seen. Not zero.</summary>
    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public bool IsEssential { get; init; } = true;

    public string HealthStatus { get; init; } = Health.Unknown;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
