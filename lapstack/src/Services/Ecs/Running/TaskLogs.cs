using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// The awslogs driver: it writes with the execution role, and a task whose driver cannot write does not start.
/// </summary>
internal static class TaskLogs
{
    /// <returns>What takes the container's lines.</returns>
    /// <exception cref="ContainerStartException">ResourceInitializationError: no such group, or no permission to write
    /// to it.</exception>
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
        var executionRole = Caller.Session(task.ExecutionRoleArn!, task.Id);
        if (!logs.Exists(target.Group) && !target.CreateGroup)
            throw new ContainerStartException(
                "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon " +
                $"CloudWatch log group {target.Group} defined in the task definition.");

        var resource = account.Arn("logs", $"log-group:{target.Group}:log-stream:{stream}");
        foreach (var action in new[] { "logs:CreateLogStream", "logs:PutLogEvents" })
            if (authorizer.Refusal(executionRole, new AccessRequest(action, resource)) is { } refusal)
                throw new ContainerStartException(
                    $"ResourceInitializationError: failed to initialize logging driver: {refusal}");

        return line =>
            logs.AppendAsync(target.Group, stream, [new LogLine(clock.GetUtcNow(), line)], CancellationToken.None);
    }
}
