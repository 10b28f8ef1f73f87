using System.Text.Json;
using Amazon.ECS.Model;
using Jobs.Core.Tasks;
using EcsTask = Amazon.ECS.Model.Task;

namespace Jobs.Aws.Ecs;

/// <summary>Reads what DescribeTasks says about a task.</summary>
internal static class TaskObservations
{
    private const string Stopped = "STOPPED";

    public static TaskReading? Read(EcsTask task) =>
        new(task.LastStatus, task.LastStatus == Stopped ? Observe(task) : null)
        {
            CreatedAt = Instant(task.CreatedAt),
            StartedAt = Instant(task.StartedAt),
        };

    private static TaskObservation Observe(EcsTask task) => new(task.TaskArn)
    {
        StopCode = task.StopCode?.Value,
        StoppedReason = task.StoppedReason,
        Containers = [.. (task.Containers ?? []).Select(container =>
            new ContainerObservation(container.Name, container.ExitCode, container.Reason))],
        CreatedAt = Instant(task.CreatedAt),
        PullStartedAt = Instant(task.PullStartedAt),
        StartedAt = Instant(task.StartedAt),
        StoppingAt = Instant(task.StoppingAt),
        StoppedAt = Instant(task.StoppedAt),
        TaskDefinitionArn = task.TaskDefinitionArn,
        Description = Describe(task),
    };

    private static DateTimeOffset? Instant(DateTime? at) =>
        at is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null;

    // What the event would have said, in its own names.
    private static string Describe(EcsTask task)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Texts(task).Where(text => text.Value is not null))
            {
                json.WriteString(name, value);
            }

            foreach (var (name, at) in Times(task).Where(time => time.At is not null))
            {
                json.WriteString(name, Instant(at)!.Value);
            }

            if (task.Version is { } version) json.WriteNumber("version", version);
            json.WriteStartArray("containers");
            foreach (var container in task.Containers ?? []) Write(json, container);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static IEnumerable<(string Name, string? Value)> Texts(EcsTask task) =>
    [
        ("taskArn", task.TaskArn), (
            "taskDefinitionArn",
            task.TaskDefinitionArn), ("clusterArn", task.ClusterArn), ("startedBy", task.StartedBy),
        ("availabilityZone", task.AvailabilityZone), (
            "capacityProviderName", task.CapacityProviderName), ("launchType", task.LaunchType?.Value),
        (
            "platformVersion",
            task.PlatformVersion), ("cpu", task.Cpu), ("memory", task.Memory), ("lastStatus", task.LastStatus),
        (
            "desiredStatus",
            task.DesiredStatus), ("stopCode", task.StopCode?.Value), ("stoppedReason", task.StoppedReason),
    ];

    private static IEnumerable<(string Name, DateTime? At)> Times(EcsTask task) =>
    [
        ("createdAt", task.CreatedAt), (
            "connectivityAt",
            task.ConnectivityAt), ("pullStartedAt", task.PullStartedAt), ("pullStoppedAt", task.PullStoppedAt),
        ("startedAt", task.StartedAt), ("stoppingAt", task.StoppingAt), (
            "executionStoppedAt", task.ExecutionStoppedAt), ("stoppedAt", task.StoppedAt),
    ];

    private static void Write(Utf8JsonWriter json, Container container)
    {
        json.WriteStartObject();
        json.WriteString("name", container.Name);
        json.WriteString("lastStatus", container.LastStatus);
        if (container.ExitCode is { } code) json.WriteNumber("exitCode", code);
        if (container.Reason is { } reason) json.WriteString("reason", reason);
        if (container.Image is { } image) json.WriteString("image", image);
        if (container.ImageDigest is { } digest) json.WriteString("imageDigest", digest);
        json.WriteEndObject();
    }
}
