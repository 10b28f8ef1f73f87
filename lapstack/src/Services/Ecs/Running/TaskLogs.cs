using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// The awslogs driver: it writes with the execution role. A task whose driver cannot make its stream does not start;
/// lines that the driver may not put are lost.
/// </summary>
internal static class TaskLogs
{
    private const string Failed =
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed " +
        "to create Cloudwatch log stream:";

    /// <returns>What takes the container's lines.</returns>
    /// <exception cref="ContainerStartException">ResourceInitializationError: no such group, or no permission to make
    /// a stream in it.</exception>
    public static Func<string, Task> Open(
        TaskRecord task,
        ContainerDefinition container,
        ILogs logs,
        IAuthorizer authorizer,
        Account account,
        TimeProvider clock)
    {
        if (container.Logs is not { } target) return _ => Task.CompletedTask;
        var stream = target.StreamOf(container.Name, task.Id);
        if (authorizer.AssumeExecutionRole(task) is not { } role)
            throw new ContainerStartException($"{Failed} there is no execution role to write as.");
        var group = account.Arn("logs", $"log-group:{target.Group}");
        var resource = $"{group}:log-stream:{stream}";
        if (!logs.Exists(target.Group))
        {
            if (!target.CreateGroup)
                throw new ContainerStartException(
                    "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon " +
                    $"CloudWatch log group {target.Group} defined in the task definition.");
            Require(authorizer, role, new AccessRequest("logs:CreateLogGroup", group));
        }

        Require(authorizer, role, new AccessRequest("logs:CreateLogStream", resource));
        if (authorizer.Refusal(role, new AccessRequest("logs:PutLogEvents", resource)) is not null)
            return _ => Task.CompletedTask;
        return line =>
            logs.AppendAsync(target.Group, stream, [new LogLine(clock.GetUtcNow(), line)], CancellationToken.None);
    }

    private static void Require(IAuthorizer authorizer, Caller role, AccessRequest request)
    {
        if (authorizer.Refusal(role, request) is { } refusal)
            throw new ContainerStartException(
                $"{Failed} AccessDeniedException: {refusal.Sentence} status code: 400 : exit status 1");
    }
}
