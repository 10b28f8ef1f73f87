using Lapstack.Access;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// ECS acts for a task as its execution role, and gives its containers its task role, where the roles trust it.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
/// </summary>
internal static class TaskRoles
{
    public const string Service = "ecs-tasks.amazonaws.com";

    /// <returns>Null when the role does not trust ECS's tasks: such a task is not started.</returns>
    public static Caller? Assume(this IAuthorizer authorizer, TaskRecord task, string roleArn) =>
        authorizer.Assume(Service, roleArn, task.Id, task.Arn);

    /// <summary>
    /// As what ECS acts for the task; null when it has no execution role, or one that does not trust ECS.
    /// </summary>
    public static Caller? AssumeExecutionRole(this IAuthorizer authorizer, TaskRecord task) =>
        task.ExecutionRoleArn is { } role ? authorizer.Assume(task, role) : null;

    /// <summary>Both, as far as the task has them, each once.</summary>
    public static IEnumerable<string> RolesOf(TaskRecord task) =>
        new[] { task.TaskRoleArn, task.ExecutionRoleArn }.OfType<string>().Distinct(StringComparer.Ordinal);
}
