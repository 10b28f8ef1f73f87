using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// A task as the API and as events spell it: the same members, times as epoch seconds in the one and as ISO text in the
/// other.
/// </summary>
internal static class TaskJson
{
    public const string PlatformVersion = "1.4.0";

    /// <param name="withTags">Only when the caller asked for TAGS.</param>
    public static JsonObject ForApi(TaskRecord task, string region, bool withTags)
    {
        var json = Render(task, region, at => JsonValue.Create(EpochTime.Seconds(at)));
        json["platformFamily"] = "Linux";
        json["healthStatus"] = task.HealthStatus;
        json["fargateEphemeralStorage"] = new JsonObject { ["sizeInGiB"] = task.StorageGiB };
        json["tags"] = withTags ? task.Tags.DeepClone() : new JsonArray();
        foreach (var (container, record) in json["containers"]!.AsArray().Zip(task.Containers))
            container!["healthStatus"] = record.HealthStatus;
        return json;
    }

    /// <summary>The detail of an ECS Task State Change.</summary>
    public static JsonObject ForEvent(TaskRecord task, string region)
    {
        var json = Render(task, region, at => JsonValue.Create(IsoTime.Milliseconds(at)));
        json["updatedAt"] = IsoTime.Milliseconds(task.UpdatedAt);
        return json;
    }

    private static JsonObject Render(TaskRecord task, string region, Func<DateTimeOffset, JsonNode> time)
    {
        var json = new JsonObject
        {
            ["attachments"] = new JsonArray(Attachment(task)),
            ["attributes"] = new JsonArray(
                new JsonObject { ["name"] = "ecs.cpu-architecture", ["value"] = task.Architecture.ToLowerInvariant() }),
            ["availabilityZone"] = $"{region}a",
            ["clusterArn"] = task.ClusterArn,
            ["containers"] = new JsonArray([.. task.Containers.Select(c => Container(task, c))]),
            ["cpu"] = Text(task.Cpu),
            ["createdAt"] = time(task.CreatedAt),
            ["desiredStatus"] = task.DesiredStatus,
            ["enableExecuteCommand"] = false,
            ["ephemeralStorage"] = new JsonObject { ["sizeInGiB"] = task.StorageGiB },
            ["group"] = task.Group,
            ["lastStatus"] = task.LastStatus,
            ["memory"] = Text(task.MemoryMiB),
            ["overrides"] = task.Overrides.DeepClone(),
            ["platformVersion"] = PlatformVersion,
            ["taskArn"] = task.Arn,
            ["taskDefinitionArn"] = task.DefinitionArn,
            ["version"] = task.Version,
        };
        AddText(json, ("launchType", task.LaunchType), ("capacityProviderName", task.CapacityProvider),
            ("startedBy", task.StartedBy),
            ("stopCode", task.StopCode), ("stoppedReason", task.StoppedReason), (
                "connectivity", task.ConnectivityAt is null ? null : "CONNECTED"));
        AddTimes(json, time, ("connectivityAt", task.ConnectivityAt), ("pullStartedAt", task.PullStartedAt),
            ("pullStoppedAt", task.PullStoppedAt),
            ("startedAt", task.StartedAt), ("stoppingAt", task.StoppingAt), (
                "executionStoppedAt", task.ExecutionStoppedAt), ("stoppedAt", task.StoppedAt));
        return json;
    }

    private static JsonObject Container(TaskRecord task, ContainerRecord container)
    {
        var json = new JsonObject
        {
            ["containerArn"] = container.Arn,
            ["lastStatus"] = container.LastStatus,
            ["name"] = container.Name,
            ["image"] = container.Image,
            ["taskArn"] = task.Arn,
            ["networkInterfaces"] = new JsonArray(new JsonObject
            {
                ["attachmentId"] = task.Network.AttachmentId,
                ["privateIpv4Address"] = NetworkInterface.Address,
            }),
            ["cpu"] = container.Cpu,
        };
        if (container.ExitCode is { } code) json["exitCode"] = code;
        AddText(
            json,
            ("imageDigest", container.ImageDigest),
            ("runtimeId", container.RuntimeId),
            ("memory", container.Memory),
            ("reason", container.Reason));
        return json;
    }

    private static JsonObject Attachment(TaskRecord task)
    {
        var status = task.LastStatus switch
        {
            TaskState.Provisioning => "ATTACHING",
            TaskState.Stopped => "DELETED",
            _ => "ATTACHED",
        };
        return new JsonObject
        {
            ["id"] = task.Network.AttachmentId,
            ["type"] = "eni",
            ["status"] = status,
            ["details"] = new JsonArray(
                Detail("subnetId", task.Network.SubnetId),
                Detail("networkInterfaceId", task.Network.InterfaceId),
                Detail("macAddress", task.Network.MacAddress),
                Detail("privateIPv4Address", NetworkInterface.Address)),
        };
    }

    private static JsonObject Detail(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static void AddText(JsonObject json, params (string Name, string? Value)[] members)
    {
        foreach (var (name, value) in members)
            if (value is not null) json[name] = value;
    }

    private static void AddTimes(
        JsonObject json, Func<DateTimeOffset, JsonNode> time, params (string Name, DateTimeOffset? Value)[] members)
    {
        foreach (var (name, value) in members)
            if (value is { } at) json[name] = time(at);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
