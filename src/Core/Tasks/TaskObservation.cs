namespace Jobs.Core.Tasks;

/// <summary>A stopped task as ECS describes it, whether by event or by DescribeTasks.</summary>
/// <param name="TaskArn">The task.</param>
public sealed record TaskObservation(string TaskArn)
{
    /// <summary>ECS's stopCode: open-ended text, absent in old events.</summary>
    public string? StopCode { get; init; }

    /// <summary>ECS's stoppedReason: text for people.</summary>
    public string? StoppedReason { get; init; }

    /// <summary>May be empty: a task that failed early has no containers.</summary>
    public IReadOnlyList<ContainerObservation> Containers { get; init; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// When the image began to be pulled, which is when Fargate begins to bill; null when it never did.
    /// </summary>
    public DateTimeOffset? PullStartedAt { get; init; }

    /// <summary>When the containers ran; null when they never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When stopping was asked for; null when the containers ended by themselves.</summary>
    public DateTimeOffset? StoppingAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public string? TaskDefinitionArn { get; init; }

    /// <summary>The event or description as received, kept with the attempt: ECS forgets it within the hour.</summary>
    public string? Description { get; init; }

    public ContainerObservation? Worker =>
        Containers.FirstOrDefault(container => container.Name == Names.WorkerContainer);
}
