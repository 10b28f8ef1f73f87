using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// What UpdateTaskProtection and GetTaskProtection do, for the wire and for a task through its agent.
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateTaskProtection.html
/// </summary>
internal sealed class TaskProtectionCalls(TaskStore tasks, TaskProtections protections)
{
    public JsonObject Get(IEnumerable<string> taskArns) => Answer(taskArns, _ => { });

    /// <param name="minutes">Null for the default, two hours.</param>
    public JsonObject Update(IEnumerable<string> taskArns, bool isProtected, int? minutes) => Answer(taskArns, task =>
    {
        if (isProtected) protections.Protect(task, minutes ?? TaskProtections.DefaultMinutes);
        else protections.Release(task);
    });

    /// <exception cref="ServiceError">InvalidParameterException: not 1 to 2,880.</exception>
    public static void CheckMinutes(int? minutes)
    {
        if (minutes is < 1 or > TaskProtections.MostMinutes)
            throw EcsErrors.Invalid(
                $"expiresInMinutes must be between 1 and {TaskProtections.MostMinutes}, and is {minutes}.");
    }

    /// <summary>
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    /// </summary>
    public AccessRequest Access(string operation, string taskArn, string clusterArn)
    {
        var context = new Dictionary<string, string[]> { ["ecs:cluster"] = [clusterArn] };
        foreach (var tag in tasks.Find(taskArn)?.Tags.OfType<JsonObject>() ?? [])
        {
            context[$"aws:ResourceTag/{tag.Text("key")}"] = [tag.Text("value") ?? ""];
        }

        return new($"ecs:{operation}", taskArn, context);
    }

    private JsonObject Answer(IEnumerable<string> taskArns, Action<TaskRecord> change)
    {
        var (done, failed) = (new JsonArray(), new JsonArray());
        foreach (var arn in taskArns)
        {
            var task = tasks.Find(arn);
            if (task is null || task.Arn != arn) failed.Add(Failure(arn, "MISSING", null));
            else if (!task.Group.StartsWith("service:", StringComparison.Ordinal))
            {
                failed.Add(Failure(arn, "TASK_NOT_VALID", "The task is not managed by a service."));
            }
            else if (task.DesiredStatus == TaskState.Stopped)
            {
                failed.Add(Failure(arn, "TASK_NOT_VALID", "The task is stopping or has stopped."));
            }
            else
            {
                change(task);
                done.Add(Protected(task));
            }
        }
        return new JsonObject { ["protectedTasks"] = done, ["failures"] = failed };
    }

    private JsonObject Protected(TaskRecord task)
    {
        var until = protections.Of(task.Id);
        var json = new JsonObject { ["taskArn"] = task.Arn, ["protectionEnabled"] = until is not null };
        if (until is { } at) json["expirationDate"] = EpochTime.Seconds(at);
        return json;
    }

    private static JsonObject Failure(string arn, string reason, string? detail)
    {
        var failure = new JsonObject { ["arn"] = arn, ["reason"] = reason };
        if (detail is not null) failure["detail"] = detail;
        return failure;
    }
}
