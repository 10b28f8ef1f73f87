using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>
/// The size that a RunTask gives its tasks: the definition's, but for what is overridden, of the task or of a
/// container. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html
/// </summary>
internal static class SizeOverrides
{
    /// <summary>The least that ECS gives a container.</summary>
    private const int LeastMemoryMiB = 6;

    /// <exception cref="ServiceError">Fargate has no such size, or the containers do not fit into it.</exception>
    public static (int Cpu, int Memory, int Storage) Read(JsonObject overrides, TaskDefinition definition)
    {
        var cpu = overrides.Number("cpu") ?? definition.Cpu;
        var memory = overrides.Number("memory") ?? definition.MemoryMiB;
        if (!FargateSizes.Exists(cpu, memory))
        {
            throw EcsErrors.Invalid($"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory.");
        }

        var storage = overrides.Structure("ephemeralStorage").Number("sizeInGiB");
        if (storage is < FargateSizes.LeastStorageGiB or > FargateSizes.MostStorageGiB)
            throw EcsErrors.Invalid(
                $"ephemeralStorage must be {FargateSizes.LeastStorageGiB} to {FargateSizes.MostStorageGiB} GiB, and " +
                $"is {storage}.");
        CheckContainers(overrides, definition, cpu, memory);
        return (cpu, memory, storage ?? definition.StorageGiB);
    }

    /// <summary>The container's own share of CPU units; 0 when it has none.</summary>
    public static int CpuOf(JsonObject overrides, ContainerDefinition container) =>
        Of(overrides, container.Name)?.Number("cpu") ?? container.Cpu;

    /// <summary>The container's own hard limit; null: the task's.</summary>
    public static int? MemoryOf(JsonObject overrides, ContainerDefinition container) =>
        Of(overrides, container.Name)?.Number("memory") ?? container.MemoryMiB;

    /// <summary>The override of a container; null when it has none.</summary>
    public static JsonObject? Of(JsonObject overrides, string container) =>
        overrides.Structures("containerOverrides").FirstOrDefault(o => o.Text("name") == container);

    private static void CheckContainers(JsonObject overrides, TaskDefinition definition, int cpu, int memory)
    {
        var containers = definition.Containers;
        foreach (var container in containers)
        {
            var own = MemoryOf(overrides, container);
            if (own < LeastMemoryMiB)
            {
                throw EcsErrors.Invalid(
                    $"The memory of container {container.Name} must be at least {LeastMemoryMiB} MiB, and is {own}.");
            }

            if (own > memory)
            {
                throw EcsErrors.Invalid(
                    $"Invalid setting for container '{container.Name}'. Its memory, {own} MiB, is greater than the " +
                    $"task's, {memory}.");
            }

            if (Of(overrides, container.Name)?.Number("memoryReservation") is { } soft && soft > (own ?? memory))
                throw EcsErrors.Invalid(
                    $"Invalid setting for container '{container.Name}'. Its memoryReservation, {soft} MiB, is " +
                    $"greater than its memory, {own ?? memory}.");
        }

        var shares = containers.Sum(container => CpuOf(overrides, container));
        if (shares > cpu || containers.Any(container => CpuOf(overrides, container) < 0))
            throw EcsErrors.Invalid(
                $"The CPU units of the containers are {shares}; they must be at least 0 and together at most the " +
                $"task's, {cpu}.");
    }
}
