namespace Jobs;

/// <summary>
/// The queue whose messages the job takes. The stack makes the queue and one of dead letters beside it.
/// </summary>
public sealed record QueueTrigger
{
    /// <summary>
    /// Messages for which one task is enough, 1 to 100,000: twice as many are given two tasks. Default 100.
    /// </summary>
    public int MessagesPerTask { get; init; } = 100;

    /// <summary>Tasks that may be alive at once, 1 to 500. Default 10.</summary>
    public int MaxTasks { get; init; } = 10;

    /// <summary>
    /// How long a task waits for a message before it ends, in seconds, 5 to 3,600; the tasks of a service do not end.
    /// Default 30.
    /// </summary>
    public int IdleSeconds { get; init; } = 30;

    /// <summary>
    /// For how long SQS hides a message that was taken, in seconds, 30 to 43,200 (12 hours). Extended while a message
    /// is worked on, so it is how soon another task gets what a crashed one had in hand, not how long the work may
    /// take. Default 60.
    /// </summary>
    public int VisibilitySeconds { get; init; } = 60;

    /// <summary>
    /// Times a message is taken before it counts as poison and goes to the dead letters, 1 to 1,000. Default 5.
    /// </summary>
    public int MaxReceives { get; init; } = 5;

    /// <summary>Messages that one task works on at once, 1 to 100. Default 10.</summary>
    public int Parallelism { get; init; } = 10;

    /// <summary>Runs or a service. Default Tasks.</summary>
    public QueueMode Mode { get; init; }

    /// <summary>
    /// How the service is scaled and deployed; only with <see cref="QueueMode.Service"/>. Default null: as
    /// <see cref="QueueService"/> has it.
    /// </summary>
    public QueueService? Service { get; init; }
}
