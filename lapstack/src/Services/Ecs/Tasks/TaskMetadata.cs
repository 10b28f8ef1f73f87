using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>A task and its containers as the metadata endpoint version 4 spells them.</summary>
internal static class TaskMetadata
{
    public static JsonObject Of(TaskRecord task)
    {
        var json = new JsonObject
        {
            ["Cluster"] = task.ClusterArn,
            ["TaskARN"] = task.Arn,
            ["Family"] = task.Family,
            ["Revision"] = task.Revision,
            ["DesiredStatus"] = task.DesiredStatus,
            ["KnownStatus"] = task.LastStatus,
            ["Limits"] = new JsonObject { ["CPU"] = task.Cpu / 1024m, ["Memory"] = task.MemoryMiB },
            ["AvailabilityZone"] = task.ClusterArn.Split(':')[3] + "a",
            ["LaunchType"] = "FARGATE",
            ["Containers"] = new JsonArray([.. task.Containers.Select(c => Of(task, c))]),
            ["EphemeralStorageMetrics"] = new JsonObject { ["Utilized"] = 0, ["Reserved"] = task.StorageGiB * 1024 },
        };
        if (task.Group.StartsWith("service:", StringComparison.Ordinal))
        {
            json["ServiceName"] = task.Group["service:".Length..];
        }

        AddTimes(
            json,
            ("PullStartedAt", task.PullStartedAt),
            ("PullStoppedAt", task.PullStoppedAt),
            ("ExecutionStoppedAt", task.ExecutionStoppedAt));
        return json;
    }

    public static JsonObject WithTags(TaskRecord task)
    {
        var json = Of(task);
        json["TaskTags"] = new JsonObject(
            task.Tags.Select(t => KeyValuePair.Create(t!["key"]!.GetValue<string>(), t["value"]?.DeepClone())));
        return json;
    }

    public static JsonObject Of(TaskRecord task, ContainerRecord container)
    {
        var json = new JsonObject
        {
            ["DockerId"] = container.RuntimeId ?? "",
            ["Name"] = container.Name,
            ["DockerName"] = container.Name,
            ["Image"] = container.Image,
            ["ImageID"] = container.ImageDigest ?? "",
            ["Labels"] = new JsonObject
            {
                ["com.amazonaws.ecs.cluster"] = task.ClusterArn,
                ["com.amazonaws.ecs.container-name"] = container.Name,
                ["com.amazonaws.ecs.task-arn"] = task.Arn,
                ["com.amazonaws.ecs.task-definition-family"] = task.Family,
                ["com.amazonaws.ecs.task-definition-version"] = task.Revision,
            },
            ["DesiredStatus"] = task.DesiredStatus,
            ["KnownStatus"] = container.LastStatus,
            ["Limits"] = Limits(container),
            ["Type"] = "NORMAL",
            ["ContainerARN"] = container.Arn,
            ["Networks"] = new JsonArray(new JsonObject
            {
                ["NetworkMode"] = "awsvpc",
                ["IPv4Addresses"] = new JsonArray(NetworkInterface.Address),
                ["MACAddress"] = task.Network.MacAddress,
            }),
        };
        if (container.ExitCode is { } code) json["ExitCode"] = code;
        if (container.HealthStatus != Health.Unknown)
            json["Health"] = new JsonObject { ["status"] = container.HealthStatus };
        AddTimes(
            json,
            ("CreatedAt", container.StartedAt),
            ("StartedAt", container.StartedAt),
            ("FinishedAt", container.FinishedAt));
        return json;
    }

    private static JsonObject Limits(ContainerRecord container)
    {
        var limits = new JsonObject { ["CPU"] = int.Parse(container.Cpu, CultureInfo.InvariantCulture) };
        if (container.Memory is { } memory) limits["Memory"] = int.Parse(memory, CultureInfo.InvariantCulture);
        return limits;
    }

    private static void AddTimes(JsonObject json, params (string Name, DateTimeOffset? At)[] times)
    {
        foreach (var (name, at) in times)
            if (at is { } time) json[name] = IsoTime.Milliseconds(time);
    }
}
