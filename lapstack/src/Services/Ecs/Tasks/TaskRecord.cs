using System.Text.Json.Nodes;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>A task as ECS remembers it. What has not happened is null and absent in every rendering.</summary>
internal sealed record TaskRecord
{
    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    public required string DefinitionArn { get; init; }

    public required string Group { get; init; }

    /// <summary>FARGATE, or null when a capacity provider was asked for.</summary>
    public string? LaunchType { get; init; }

    public string? CapacityProvider { get; init; }

    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public required int StorageGiB { get; init; }

    /// <summary>As ECS gives them back: one entry for each container of the definition.</summary>
    public required JsonObject Overrides { get; init; }

    public string? StartedBy { get; init; }

    public string? TaskRoleArn { get; init; }

    public string? ExecutionRoleArn { get; init; }

    public required string Architecture { get; init; }

    public required JsonArray Tags { get; init; }

    public required NetworkInterface Network { get; init; }

    public required IReadOnlyList<ContainerRecord> Containers { get; init; }

    public string LastStatus { get; init; } = TaskState.Provisioning;

    /// <summary>RUNNING or STOPPED: where the task is to go.</summary>
    public string DesiredStatus { get; init; } = TaskState.Running;

    public string? StopCode { get; init; }

    public string? StoppedReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ConnectivityAt { get; init; }

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppingAt { get; init; }

    public DateTimeOffset? ExecutionStoppedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>
    /// Unhealthy with one of its essential containers, healthy with all of those that have a health check.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
    /// </summary>
    public string HealthStatus =>
        Essential(Health.Unhealthy) ? Health.Unhealthy
        : Essential(Health.Healthy) ? Health.Healthy
        : Health.Unknown;

    public bool IsStopped => LastStatus == TaskState.Stopped;

    /// <summary>The name of the family, from the definition's ARN.</summary>
    public string Family => DefinitionArn[(DefinitionArn.LastIndexOf('/') + 1)..DefinitionArn.LastIndexOf(':')];

    public string Revision => DefinitionArn[(DefinitionArn.LastIndexOf(':') + 1)..];

    private bool Essential(string health) => Containers.Any(c => c.IsEssential && c.HealthStatus == health);

    public TaskRecord WithContainer(string name, Func<ContainerRecord, ContainerRecord> change) =>
        this with { Containers = [.. Containers.Select(c => c.Name == name ? change(c) : c)] };
}
