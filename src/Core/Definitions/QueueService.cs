namespace Jobs;

/// <summary>
/// How the service of a queue is scaled and deployed. Its tasks follow the backlog so that each has about
/// <see cref="QueueTrigger.MessagesPerTask"/>, between <see cref="MinTasks"/> and <see cref="QueueTrigger.MaxTasks"/>.
/// </summary>
public sealed record QueueService
{
    /// <summary>
    /// Tasks that run though there is no message, 0 to <see cref="QueueTrigger.MaxTasks"/>. With 0 the first message
    /// wakes the service. Default 0.
    /// </summary>
    public int MinTasks { get; init; }

    /// <summary>
    /// Tasks to add at once when so many messages wait, for bursts that following the backlog would take minutes to
    /// meet. Default none.
    /// </summary>
    public IReadOnlyList<ScalingStep> Steps { get; init; } = [];

    /// <summary>Other limits from planned times on, such as more tasks before the morning. Default none.</summary>
    public IReadOnlyList<ScheduledScaling> Schedules { get; init; } = [];

    /// <summary>
    /// Tasks that stay in service during a deployment, in percent of what is desired, 0 to 100. Default 100.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    /// </summary>
    public int MinimumHealthyPercent { get; init; } = 100;

    /// <summary>
    /// Old and new tasks together during a deployment, in percent of what is desired, 100 to 200. Default 200.
    /// </summary>
    public int MaximumPercent { get; init; } = 200;
}
