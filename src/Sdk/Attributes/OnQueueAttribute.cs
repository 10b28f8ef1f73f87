using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// Gives the class, an <see cref="IMessageHandler{T}"/>, a queue of its own with one for dead letters, and tasks that
/// work on it. Sugar over <see cref="QueueTrigger"/>, whose defaults it has. Beside <see cref="OnUploadAttribute"/>,
/// which brings a queue with these defaults, it says what is to differ.
/// </summary>
/// <example><code>
/// [OnQueue(MessagesPerTask = 250, MaxTasks = 4, Parallelism = 8)]
/// public sealed class Welcome : IMessageHandler&lt;Welcome.Customer&gt;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OnQueueAttribute : Attribute
{
    private static readonly QueueTrigger Defaults = new();
    private static readonly QueueService ServiceDefaults = new();

    /// <summary>Messages for which one task is enough, 1 to 100,000. Default 100.</summary>
    public int MessagesPerTask { get; set; } = Defaults.MessagesPerTask;

    /// <summary>Tasks that may be alive at once, 1 to 500. Default 10.</summary>
    public int MaxTasks { get; set; } = Defaults.MaxTasks;

    /// <summary>
    /// How long a task waits for a message before it ends, in seconds, 5 to 3,600. Default 30. The tasks of a service
    /// do not end.
    /// </summary>
    public int IdleSeconds { get; set; } = Defaults.IdleSeconds;

    /// <summary>
    /// For how long SQS hides a message that was received, in seconds, 30 to 43,200. Extended while the handler works,
    /// so it is how soon another task gets what a crashed one had in hand. Default 60.
    /// </summary>
    public int VisibilitySeconds { get; set; } = Defaults.VisibilitySeconds;

    /// <summary>Receives after which a message that fails goes to the dead letters, 1 to 1,000. Default 5.</summary>
    public int MaxReceives { get; set; } = Defaults.MaxReceives;

    /// <summary>Messages that one task works on at once, 1 to 100. Default 10.</summary>
    public int Parallelism { get; set; } = Defaults.Parallelism;

    /// <summary>Tasks that come and go, or a service. Default Tasks.</summary>
    public QueueMode Mode { get; set; } = Defaults.Mode;

    /// <summary>
    /// Of a service: tasks that run though there is no message, 0 to <see cref="MaxTasks"/>. Default 0.
    /// </summary>
    public int MinTasks { get; set; } = ServiceDefaults.MinTasks;

    /// <summary>
    /// Of a service: tasks that stay during a deployment, in percent of what is desired, 0 to 100. Default 100.
    /// </summary>
    public int MinimumHealthyPercent { get; set; } = ServiceDefaults.MinimumHealthyPercent;

    /// <summary>
    /// Of a service: old and new tasks together during a deployment, in percent of what is desired, 100 to 200. Default
    /// 200.
    /// </summary>
    public int MaximumPercent { get; set; } = ServiceDefaults.MaximumPercent;
}
