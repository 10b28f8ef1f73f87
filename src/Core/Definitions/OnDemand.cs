namespace Jobs.Core.Definitions;

/// <summary>Which jobs have runs on demand.</summary>
internal static class OnDemand
{
    /// <summary>
    /// Beside those that its backlog asks for, a job that takes messages has no runs: they would be more than its queue
    /// allows.
    /// </summary>
    /// <exception cref="RejectedMessageException">The job takes messages.</exception>
    public static JobDefinition Check(
        JobDefinition job) => job.Queue is null ? job : throw new RejectedMessageException(
        $"Job '{job.Name}' takes messages from its queue, and its runs start and end with the backlog: none is " +
        "submitted or run again by itself. " +
        "Send the work to the queue as a message. What failed for good is among the queue's dead letters, and goes " +
        "from there back to the queue.");
}
