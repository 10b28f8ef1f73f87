namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>One roll-out of a service: a task definition, and how its tasks fare.</summary>
/// <param name="Id"><c>ecs-svc/</c> and 19 digits; also the startedBy of its tasks.</param>
internal sealed record Deployment(string Id, string DefinitionArn, DateTimeOffset CreatedAt)
{
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    public string RolloutState { get; init; } = Scheduling.RolloutState.InProgress;

    public string RolloutReason { get; init; } = $"ECS deployment {Id} in progress.";

    /// <summary>Tasks that stopped without having reached RUNNING.</summary>
    public int FailedTasks { get; init; }

    /// <summary>Those among them since one last reached RUNNING.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>No task is started before.</summary>
    public DateTimeOffset NextStartAt { get; init; }

    public bool IsFailed => RolloutState == Scheduling.RolloutState.Failed;
}
