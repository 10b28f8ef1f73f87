using Jobs.Core.Messages;

namespace Jobs.Sdk.Standalone;

/// <summary>A queue with one message, which is not given a second time.</summary>
internal sealed class StandaloneQueue(string body, TimeProvider clock, TextWriter notes) : IMessageQueue
{
    private bool _isReceived;

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_isReceived) return Task.FromResult<IReadOnlyList<QueueMessage>>([]);
        _isReceived = true;
        return Task.FromResult<IReadOnlyList<QueueMessage>>(
            [new QueueMessage("standalone", "standalone", body) { SentAt = clock.GetUtcNow() }]);
    }

    public Task<IReadOnlyList<ReceiptOutcome>> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ReceiptOutcome>>([.. changes.Select(_ => ReceiptOutcome.Done)]);

    public Task<IReadOnlyList<ReceiptOutcome>> DeleteAsync(
        IReadOnlyList<string> receipts, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ReceiptOutcome>>([.. receipts.Select(_ => ReceiptOutcome.Done)]);

    public Task SendToDeadLettersAsync(
        string letter, IReadOnlyDictionary<string, QueueAttribute> attributes, CancellationToken cancellation) =>
        notes.WriteLineAsync("The message would become a dead letter.".AsMemory(), cancellation);
}
