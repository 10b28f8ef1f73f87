using System.Text.Json;
using Amazon.ECS.Model;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using EcsTask = Amazon.ECS.Model.Task;

namespace Jobs.Aws.Ecs;

/// <summary>Reads what DescribeTasks says about a task.</summary>
internal static class TaskObservations
{
    private const string Stopped = "STOPPED";

    public static TaskReading? Read(EcsTask task) => new(task.LastStatus, task.LastStatus == Stopped ? Observe(task) : null);

    private static TaskObservation Observe(EcsTask task) => new(task.TaskArn)
    {
        StopCode = task.StopCode?.Value,
        StoppedReason = task.StoppedReason,
        Containers = [.. (task.Containers ?? []).Select(container => new ContainerObservation(container.Name, container.ExitCode, container.Reason))],
        CreatedAt = Instant(task.CreatedAt),
        StartedAt = Instant(task.StartedAt),
        StoppingAt = Instant(task.StoppingAt),
        StoppedAt = Instant(task.StoppedAt),
        TaskDefinitionArn = task.TaskDefinitionArn,
        Raw = Describe(task),
    };

    private static DateTimeOffset? Instant(DateTime? at) => at is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null;

    // The parts of the description that say why it stopped, in the event's own names.
    private static string Describe(EcsTask task)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("taskArn", task.TaskArn);
            json.WriteString("taskDefinitionArn", task.TaskDefinitionArn);
            json.WriteString("lastStatus", task.LastStatus);
            json.WriteString("stopCode", task.StopCode?.Value);
            json.WriteString("stoppedReason", task.StoppedReason);
            json.WriteStartArray("containers");
            foreach (var container in task.Containers ?? []) Write(json, container);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Container container)
    {
        json.WriteStartObject();
        json.WriteString("name", container.Name);
        json.WriteString("lastStatus", container.LastStatus);
        if (container.ExitCode is { } code) json.WriteNumber("exitCode", code);
        if (container.Reason is { } reason) json.WriteString("reason", reason);
        json.WriteEndObject();
    }
}
