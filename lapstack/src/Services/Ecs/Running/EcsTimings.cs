namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// How long a task stays in the states that only wait for Fargate's machinery. Seconds on AWS; milliseconds here,
/// unless a test says otherwise.
/// </summary>
internal sealed record EcsTimings
{
    public TimeSpan Provisioning { get; init; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan Activating { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan Deactivating { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long a service waits before it replaces a task that ended by itself; on Fargate a new task takes longer than
    /// that to come.
    /// </summary>
    public TimeSpan Replacement { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Deprovisioning { get; init; } = TimeSpan.FromMilliseconds(10);
}
