using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jobs.Aws.Ecs;

/// <summary>What is kept of ECS's description of a stopped task: how and when it ended, in ECS's own names.</summary>
internal static class StoppedTaskText
{
    /// <summary>
    /// What the attempt itself, the task definition or the network says, and when the event was made. A name that is
    /// new to us is kept.
    /// </summary>
    private static readonly string[] LeftOut =
    [
        "attachments", "attributes", "clusterArn", "connectivity", "connectivityAt", "containerInstanceArn", "cpu",
        "desiredStatus", "enableExecuteCommand", "ephemeralStorage", "group", "inferenceAccelerators", "lastStatus",
        "launchType", "memory", "overrides", "startedBy", "tags", "taskArn", "updatedAt", "version",
    ];

    private static readonly string[] LeftOutOfContainers =
    [
        "containerArn", "cpu", "image", "lastStatus", "managedAgents", "memory", "memoryReservation", "networkBindings",
        "networkInterfaces", "runtimeId", "taskArn",
    ];

    /// <param name="description">The event, or what DescribeTasks said, as JSON.</param>
    /// <returns>The text as it is when it is no JSON object.</returns>
    public static string Of(string description)
    {
        if (Parse(description) is not { } received) return description;
        var task = received["detail"] as JsonObject ?? received;
        foreach (var name in LeftOut) task.Remove(name);
        foreach (var container in (task["containers"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            foreach (var name in LeftOutOfContainers) container.Remove(name);
        }

        return task.ToJsonString();
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
