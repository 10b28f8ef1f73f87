using Amazon.CDK.AWS.ECS;

namespace Jobs;

/// <summary>A container that runs beside <c>worker</c>, with the job's role.</summary>
/// <example><code>
/// var image = ContainerImage.FromRegistry("example.com/cache:1");
/// var cache = new Sidecar("cache", new ContainerDefinitionOptions { Image = image, Essential = false });
/// </code></example>
/// <param name="Name">Name of the container; not <c>worker</c>, and different from the task's other containers.</param>
/// <param name="Options">All that ECS knows about a container: image, essential, health check, timeouts. Logging
/// defaults to the job's log group.</param>
public sealed record Sidecar(string Name, ContainerDefinitionOptions Options)
{
    /// <summary>Where it sees the job's volumes.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    /// <summary>Containers of the task that it waits for, and in what condition.</summary>
    public IReadOnlyDictionary<string, ContainerDependencyCondition> DependsOn { get; init; } =
        new Dictionary<string, ContainerDependencyCondition>();
}
