using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// Which tasks ListTasks is asked for. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
/// </summary>
internal sealed record TaskFilter(
    string DesiredStatus, string? StartedBy, string? Family, string? LaunchType, string? Group)
{
    public static TaskFilter Read(JsonObject input)
    {
        var filter = new TaskFilter(
            input.Text("desiredStatus")
                ?? TaskState.Running, input.Text("startedBy"), input.Text("family"), input.Text("launchType"),
            input.Text("serviceName") is { } service ? $"service:{service[(service.LastIndexOf('/') + 1)..]}" : null);
        if (filter.DesiredStatus is not (TaskState.Running or TaskState.Pending or TaskState.Stopped))
            throw EcsErrors.Invalid($"desiredStatus is RUNNING, PENDING or STOPPED, not {filter.DesiredStatus}.");
        if (filter.StartedBy is not null
            && (filter.Family is not null
                || filter.LaunchType is not null
                || filter.Group is not null
                || input["containerInstance"] is not null))
            throw EcsErrors.Invalid("startedBy must be the only filter.");
        return filter;
    }

    /// <summary>
    /// By desired status: a task on its way down already counts as stopped, and none is ever wanted PENDING.
    /// </summary>
    public bool Matches(TaskRecord task) =>
        task.DesiredStatus == DesiredStatus
        && (StartedBy is null || task.StartedBy == StartedBy)
        && (Family is null || task.Family == Family)
        && (Group is null || task.Group == Group)
        && (LaunchType is null || LaunchType == "FARGATE");
}
