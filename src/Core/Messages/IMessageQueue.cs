namespace Jobs.Core.Messages;

/// <summary>A job's queue and its dead letters, as the job's worker uses them.</summary>
public interface IMessageQueue
{
    /// <summary>Most messages of one receive, and most receipts of one call.</summary>
    const int MaxBatch = 10;

    /// <summary>Receives messages, hidden from others for a while; none when none came in time.</summary>
    /// <param name="max">1 to <see cref="MaxBatch"/>.</param>
    /// <param name="wait">How long to wait for the first, whole seconds up to 20.</param>
    /// <param name="visibility">How long they stay hidden, whole seconds up to 43,200.</param>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellation);

    /// <summary>Hides messages for another while from now on, or gives them back.</summary>
    /// <param name="changes">At most <see cref="MaxBatch"/>.</param>
    /// <returns>The outcomes, in the same order.</returns>
    Task<IReadOnlyList<ReceiptOutcome>> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes, CancellationToken cancellation);

    /// <summary>Deletes messages. One whose visibility is over may come again all the same.</summary>
    /// <param name="receipts">At most <see cref="MaxBatch"/>.</param>
    /// <returns>The outcomes, in the same order.</returns>
    Task<IReadOnlyList<ReceiptOutcome>> DeleteAsync(IReadOnlyList<string> receipts, CancellationToken cancellation);

    /// <summary>Adds a message to the dead letters; once this returns they have it.</summary>
    Task SendToDeadLettersAsync(
        string body, IReadOnlyDictionary<string, QueueAttribute> attributes, CancellationToken cancellation);
}
