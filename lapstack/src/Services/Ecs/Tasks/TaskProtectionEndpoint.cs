using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// <c>$ECS_AGENT_URI/task-protection/v1/state</c>: a task reads (GET) and sets (PUT) its own protection, with its
/// role's rights. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
/// </summary>
internal sealed class TaskProtectionEndpoint(TaskProtectionCalls calls, IAuthorizer authorizer, Ids ids)
{
    private static readonly string[] Members = ["ProtectionEnabled", "ExpiresInMinutes"];

    /// <returns>The HTTP status and the body, as ECS's agent gives them: 200 with protection or failure, otherwise an
    /// error.</returns>
    public (int Status, JsonObject Body) Get(TaskRecord task) =>
        Call(task, "GetTaskProtection", () => calls.Get([task.Arn]));

    /// <param name="body">JSON with ProtectionEnabled and, if it is to expire other than after two hours,
    /// ExpiresInMinutes.</param>
    public (int Status, JsonObject Body) Put(TaskRecord task, string body)
    {
        if (Read(body) is not { } input)
        {
            return Error(400, "", "InvalidParameterException", "UpdateTaskProtection: failed to decode request");
        }

        if (input.Enabled is not { } enabled)
            return Error(
                400,
                task.Arn,
                "InvalidParameterException",
                "Invalid request: does not contain 'ProtectionEnabled' field");
        return Call(task, "UpdateTaskProtection", () =>
        {
            TaskProtectionCalls.CheckMinutes(enabled ? input.Minutes : null);
            return calls.Update([task.Arn], enabled, input.Minutes);
        });
    }

    private (int Status, JsonObject Body) Call(TaskRecord task, string operation, Func<JsonObject> execute)
    {
        if (task.TaskRoleArn is not { } arn || authorizer.Assume(task, arn) is not { } role)
            return Error(
                403,
                task.Arn,
                "AccessDeniedException",
                "Invalid Request: no task IAM role credentials available for task");
        if (authorizer.Refusal(
            role,
            calls.Access(operation, task.Arn, task.ClusterArn)) is { } refusal)
            return Error(400, task.Arn, "AccessDeniedException", refusal.Sentence, ids.Uuid());
        try
        {
            return (200, Answer(execute()));
        }
        catch (ServiceError refused)
        {
            return Error(refused.Status, task.Arn, refused.Code, refused.Message, ids.Uuid());
        }
    }

    /// <summary>The API's answer for one task, in the endpoint's spelling.</summary>
    private static JsonObject Answer(JsonObject answer)
    {
        if (answer.Structures("failures") is [var failure, ..])
        {
            var said = new JsonObject { ["Arn"] = failure.Text("arn"), ["Reason"] = failure.Text("reason") };
            if (failure.Text("detail") is { } detail) said["Detail"] = detail;
            return new JsonObject { ["failure"] = said };
        }
        var task = answer.Structures("protectedTasks")[0];
        var until = task["expirationDate"]?.GetValue<decimal>();
        return new JsonObject
        {
            ["protection"] = new JsonObject
            {
                ["ExpirationDate"] = until is { } seconds
                    ? IsoTime.Seconds(DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)))
                    : null,
                ["ProtectionEnabled"] = task.Flag("protectionEnabled"),
                ["TaskArn"] = task.Text("taskArn"),
            },
        };
    }

    private static (int Status, JsonObject Body) Error(
        int status, string arn, string code, string message, string? requestId = null)
    {
        var body = new JsonObject
        {
            ["error"] = new JsonObject { ["Arn"] = arn, ["Code"] = code, ["Message"] = message },
        };
        if (requestId is not null) body["requestID"] = requestId;
        return (status, body);
    }

    /// <summary>Null for what the agent cannot decode, unknown members included.</summary>
    private static (bool? Enabled, int? Minutes)? Read(string body)
    {
        try
        {
            if (ForeignJson.Object(body) is not { } input || input.Any(m => !Members.Contains(m.Key))) return null;
            return (input["ProtectionEnabled"]?.GetValue<bool>(), input["ExpiresInMinutes"]?.GetValue<int>());
        }
        catch (Exception broken) when (broken is InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
