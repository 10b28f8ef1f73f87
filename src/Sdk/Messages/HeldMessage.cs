using Jobs.Core.Messages;

namespace Jobs.Sdk.Messages;

/// <summary>A message in hand: until when it is ours, and how its handler is told to stop.</summary>
/// <param name="received">When it came.</param>
/// <param name="visibility">How long it is hidden from then on.</param>
/// <param name="stop">Tells every handler to stop.</param>
internal sealed class HeldMessage(
    QueueMessage message, DateTimeOffset received, TimeSpan visibility, CancellationToken stop) : IDisposable
{
    /// <summary>
    /// SQS hides a message for 12 hours at most, however often that is extended.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    /// </summary>
    public static readonly TimeSpan MaxHidden = TimeSpan.FromHours(12);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private volatile Hold _hold = new(message.Receipt, received, received + visibility, received + MaxHidden);
    private volatile StopReason _reason;
    private int _settled;

    public QueueMessage Message => message;

    /// <summary>What the newest receive gave: the message may come again while it is in hand.</summary>
    public Hold Held => _hold;

    /// <summary>For the handler.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>
    /// Why this message's handler was told to stop, when it was it alone: Superseded when the message is no longer
    /// ours, TimedOut after 12 hours.
    /// </summary>
    public StopReason Reason => _reason;

    /// <summary>Whether the caller is to settle the message: true for the first who asks.</summary>
    public bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;

    /// <summary>It came again: we are its receiver once more.</summary>
    public void Renew(string receipt, DateTimeOffset now, TimeSpan visibility)
    {
        _hold = new Hold(receipt, now, now + visibility, now + MaxHidden);
        _reason = StopReason.None;
    }

    public void Extend(Hold before, DateTimeOffset now, DateTimeOffset until) =>
        // Not when it has come again meanwhile.
        Interlocked.CompareExchange(ref _hold, before with { Since = now, Until = until }, before);

    public void StopHandler(StopReason reason)
    {
        if (_reason == reason) return;
        _reason = reason;
        _ = _stop.CancelAsync();
    }

    public void Dispose() => _stop.Dispose();

    /// <param name="Since">When its visibility last began.</param>
    /// <param name="Until">When that ends.</param>
    /// <param name="Limit">When it can be extended no more.</param>
    internal sealed record Hold(string Receipt, DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset Limit);
}
