using System.Collections.Concurrent;
using Jobs.Core.Messages;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>A queue whose calls are counted, and fail when a test wants it.</summary>
internal sealed class FaultyQueue(InMemoryMessageQueue queue) : IMessageQueue
{
    /// <summary>What a receive throws; null for nothing.</summary>
    public Func<Exception?> OnReceive { get; set; } = () => null;

    /// <summary>What a deletion answers for each receipt, or throws; null for what the queue does.</summary>
    public Func<ReceiptOutcome?> OnDelete { get; set; } = () => null;

    /// <summary>
    /// What a change of visibility answers for each receipt, or throws; null for what the queue does.
    /// </summary>
    public Func<VisibilityChange, ReceiptOutcome?> OnChange { get; set; } = _ => null;

    /// <summary>What a dead letter throws; null for nothing.</summary>
    public Func<Exception?> OnBury { get; set; } = () => null;

    /// <summary>How many messages each receive asked for, and how long it was to wait.</summary>
    public ConcurrentQueue<(int Max, TimeSpan Wait)> Receives { get; } = new();

    public ConcurrentQueue<int> Deletions { get; } = new();

    public ConcurrentQueue<VisibilityChange> Changes { get; } = new();

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellation)
    {
        Receives.Enqueue((max, wait));
        return OnReceive() is { } fault ? throw fault : queue.ReceiveAsync(max, wait, visibility, cancellation);
    }

    public Task<IReadOnlyList<ReceiptOutcome>> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes, CancellationToken cancellation)
    {
        foreach (var change in changes) Changes.Enqueue(change);
        var scripted = changes.Select(OnChange).ToList();
        return scripted.TrueForAll(one => one is not null)
            ? Task.FromResult<IReadOnlyList<ReceiptOutcome>>([.. scripted.Select(one => one!.Value)])
            : queue.ChangeVisibilityAsync(changes, cancellation);
    }

    public Task<IReadOnlyList<ReceiptOutcome>> DeleteAsync(
        IReadOnlyList<string> receipts, CancellationToken cancellation)
    {
        Deletions.Enqueue(receipts.Count);
        return OnDelete() is { } outcome
            ? Task.FromResult<IReadOnlyList<ReceiptOutcome>>([.. receipts.Select(_ => outcome)])
            : queue.DeleteAsync(receipts, cancellation);
    }

    public Task SendToDeadLettersAsync(
        string body, IReadOnlyDictionary<string, QueueAttribute> attributes, CancellationToken cancellation) =>
        OnBury() is { } fault ? throw fault : queue.SendToDeadLettersAsync(body, attributes, cancellation);
}
