namespace Jobs;

/// <summary>What one task did with the messages of its queue: the result of a queue job's run.</summary>
/// <param name="Handled">Messages that the handler was done with.</param>
/// <param name="Returned">Times that a message was given back to be received again, because it failed or the task was
/// to end.</param>
/// <param name="DeadLettered">Messages that were put with the dead letters.</param>
/// <param name="Lost">Messages that became another receiver's while they were in hand.</param>
/// <param name="Seconds">From the first look at the queue to the end, the wait for further messages included.</param>
public sealed record DrainSummary(long Handled, long Returned, long DeadLettered, long Lost, double Seconds)
{
    /// <summary>
    /// Messages that the handler was not asked about: of uploads that are not the job's, or that the task has handled
    /// before.
    /// </summary>
    public long Skipped { get; init; }
}
