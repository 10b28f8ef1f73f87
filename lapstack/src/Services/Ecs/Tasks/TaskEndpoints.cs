using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// What a container asks of its host: task metadata version 4, its role's credentials, and its protection from
/// scale-in. Each task has addresses of its own.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html
/// </summary>
internal sealed class TaskEndpoints(
    TaskStore tasks, ICredentialIssuer issuer, TaskProtectionEndpoint protection, Ids ids) : IRoute
{
    public const string Root = "/_ecs/";
    private static readonly TimeSpan CredentialsLifetime = TimeSpan.FromHours(6);
    private readonly ConcurrentDictionary<string, (
        string TaskId, TaskCredentials Credentials)> _open = new(StringComparer.Ordinal);

    public string Prefix => Root;

    /// <summary>Opens the addresses of a task that is about to start.</summary>
    public TaskCredentials Open(string taskId)
    {
        var credentials = new TaskCredentials(ids.Hex(32), ids.Text(43));
        _open[credentials.Path] = (taskId, credentials);
        return credentials;
    }

    public void Close(TaskCredentials credentials) => _open.TryRemove(credentials.Path, out _);

    public Task HandleAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "")[Root.Length..].Split('/');
        if (!_open.TryGetValue(path[0], out var known) || tasks.Find(known.TaskId) is not { } task)
        {
            return WriteAsync(context, 404, Error("No such task."));
        }

        return path[1..] switch
        {
            ["credentials"] => CredentialsAsync(context, task, known.Credentials),
            ["v4", var container] => ContainerAsync(context, task, container),
            ["v4", _, "task"] => WriteAsync(context, 200, TaskMetadata.Of(task)),
            ["v4", _, "taskWithTags"] => WriteAsync(context, 200, TaskMetadata.WithTags(task)),
            ["api", "task-protection", "v1", "state"] => ProtectionAsync(context, task),
            _ => WriteAsync(context, 404, Error(
                "The local emulator has credentials, v4/<container>, v4/<container>/task, " +
                "v4/<container>/taskWithTags and api/task-protection/v1/state.")),
        };
    }

    private Task CredentialsAsync(HttpContext context, TaskRecord task, TaskCredentials credentials)
    {
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(credentials.Token))
            || task.TaskRoleArn is not { } role)
            return WriteAsync(context, 403, Error("The authorization token is not this task's."));
        var issued = issuer.Issue(role, task.Id, CredentialsLifetime);
        return WriteAsync(context, 200, new JsonObject
        {
            ["RoleArn"] = issued.RoleArn,
            ["AccessKeyId"] = issued.AccessKeyId,
            ["SecretAccessKey"] = issued.SecretAccessKey,
            ["Token"] = issued.SessionToken,
            ["Expiration"] = IsoTime.Seconds(issued.Expiration),
        });
    }

    private async Task ProtectionAsync(HttpContext context, TaskRecord task)
    {
        if (context.Request.Method == "GET")
        {
            var (status, body) = protection.Get(task);
            await WriteAsync(context, status, body);
        }
        else if (context.Request.Method == "PUT")
        {
            using var reader = new StreamReader(context.Request.Body);
            var (status, body) = protection.Put(task, await reader.ReadToEndAsync(context.RequestAborted));
            await WriteAsync(context, status, body);
        }
        else
        {
            await WriteAsync(context, 405, Error("Read the protection with GET, set it with PUT."));
        }
    }

    private static Task ContainerAsync(HttpContext context, TaskRecord task, string name) =>
        task.Containers.FirstOrDefault(c => c.Name == name) is { } container
            ? WriteAsync(context, 200, TaskMetadata.Of(task, container))
            : WriteAsync(context, 404, Error("No such container."));

    private static JsonObject Error(string message) => new() { ["message"] = message };

    private static Task WriteAsync(HttpContext context, int status, JsonObject json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}
