namespace Jobs;

/// <summary>What takes the messages from a job's queue.</summary>
public enum QueueMode
{
    /// <summary>
    /// Runs, started when messages wait and ended when none come any more: nothing runs, and nothing is paid for, in
    /// between.
    /// </summary>
    Tasks,

    /// <summary>An ECS service whose number of tasks follows the backlog.</summary>
    Service,
}
