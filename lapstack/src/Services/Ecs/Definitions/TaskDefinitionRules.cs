using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What Fargate demands of a task definition; each as a sentence with the remedy.</summary>
internal static class TaskDefinitionRules
{
    private static readonly string[] Conditions = ["START", "COMPLETE", "SUCCESS", "HEALTHY"];

    /// <exception cref="TemplateException">Names the definition, the rule and the value.</exception>
    public static void Check(string logicalId, JsonObject definition)
    {
        try
        {
            if ((Task(definition) ?? Containers(definition)) is { } fault)
            {
                throw new TemplateException($"Task definition {logicalId}: {fault}");
            }
        }
        catch (ServiceError malformed)
        {
            throw new TemplateException($"Task definition {logicalId}: {malformed.Message}");
        }
    }

    private static string? Task(JsonObject definition)
    {
        if (definition.Texts("requiresCompatibilities")?.Contains("FARGATE") != true)
        {
            return "RequiresCompatibilities must contain FARGATE.";
        }

        if (definition.Text("networkMode") != "awsvpc") return "NetworkMode must be awsvpc on Fargate.";
        if (definition.Number("cpu") is not { } cpu
            || definition.Number("memory") is not { } memory
            || !FargateSizes.Exists(cpu, memory))
            return $"No Fargate configuration exists for cpu {definition["cpu"]} and memory {definition["memory"]}.";
        if (definition.Structure(
            "ephemeralStorage").Number(
                "sizeInGiB") is < FargateSizes.LeastStorageGiB or > FargateSizes.MostStorageGiB)
            return $"EphemeralStorage must be {FargateSizes.LeastStorageGiB} to {FargateSizes.MostStorageGiB} GiB.";
        return DefinitionProperties.Find(definition, ContainerMode.Engine)
            .Where(found => found.Property.InEngine == Handling.NotOnFargate)
            .Select(found => $"Fargate has no such thing as {found.Place}. Leave it out.")
            .FirstOrDefault();
    }

    private static string? Containers(JsonObject definition)
    {
        var containers = definition.Structures("containerDefinitions");
        if (containers.Count is 0 or > 10) return $"It has {containers.Count} containers; a task has 1 to 10.";
        var read = containers.Select(ContainerDefinition.Read).ToList();
        if (!read.Exists(c => c.Essential)) return "At least one container must be essential.";
        if (read.DistinctBy(c => c.Name).Count() < read.Count) return "Two containers have the same name.";
        return read.Select(container => Container(container, read, definition)).FirstOrDefault(f => f is not null);
    }

    private static string? Container(
        ContainerDefinition container, List<ContainerDefinition> all, JsonObject definition)
    {
        var name = $"Container {container.Name}";
        if (container.HealthCheck?.Fault() is { } fault) return $"{name}: its health check's {fault}.";
        if (container.StopTimeout > TimeSpan.FromSeconds(120))
        {
            return $"{name} has stopTimeout {container.StopTimeout.TotalSeconds}; Fargate allows at most 120 seconds.";
        }

        if (container.Logs is { } logs && (logs.Group.Length == 0 || logs.StreamPrefix.Length == 0))
            return $"{name} needs awslogs-group and awslogs-stream-prefix on Fargate.";
        if (container.Logs is not null && definition["executionRoleArn"] is null)
            return "Fargate requires task definition to have execution role ARN to support log driver awslogs.";
        return Mounts(container, definition) ?? Dependencies(container, all);
    }

    private static string? Mounts(ContainerDefinition container, JsonObject definition)
    {
        var volumes = definition.Structures("volumes").Select(v => v.Text("name")).ToHashSet();
        return container.Mounts.FirstOrDefault(mount => !volumes.Contains(mount.Volume)) is { } unknown
            ? $"Container {container.Name} mounts the volume {unknown.Volume}, which is not in the definition."
            : null;
    }

    private static string? Dependencies(ContainerDefinition container, List<ContainerDefinition> all)
    {
        var name = $"Container {container.Name}";
        foreach (var (other, condition) in container.DependsOn)
        {
            if (!Conditions.Contains(condition))
                return $"{name} waits for {other} to be {condition}; ECS knows {string.Join(", ", Conditions)}.";
            if (all.Find(c => c.Name == other) is not { } awaited)
                return $"{name} depends on {other}, which is not in the definition.";
            if (condition == "HEALTHY" && awaited.HealthCheck is null)
                return $"{name} waits for {other} to be HEALTHY, which has no health check.";
            if (condition is "COMPLETE" or "SUCCESS" && awaited.Essential)
                return $"{name} waits for the end of {other}, which is essential, so the task would end with it. " +
                    "Make it Essential = false.";
        }

        return DependsOnItself(container, all) ? $"{name} depends on itself." : null;
    }

    private static bool DependsOnItself(ContainerDefinition container, List<ContainerDefinition> all)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(container.DependsOn.Select(d => d.Container));
        while (next.TryDequeue(out var name))
        {
            if (name == container.Name) return true;
            if (!reached.Add(name)) continue;
            foreach (var further in all.Where(c => c.Name == name).SelectMany(c => c.DependsOn))
            {
                next.Enqueue(further.Container);
            }
        }
        return false;
    }
}
