using System.Collections.Concurrent;
using Jobs.Core.Messages;

namespace Jobs.Tests.InMemory;

/// <summary>Refused messages in memory, each with its reason.</summary>
public sealed class InMemoryDeadLetters : IDeadLetters
{
    private readonly ConcurrentQueue<(string Body, string Reason)> _sent = new();
    private readonly ConcurrentQueue<string?> _senders = new();

    public IReadOnlyCollection<(string Body, string Reason)> Sent => _sent;

    /// <summary>Of each message, who sent it.</summary>
    public IReadOnlyCollection<string?> Senders => _senders;

    public Task SendAsync(string body, string reason, string? senders, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _sent.Enqueue((body, reason));
        _senders.Enqueue(senders);
        return Task.CompletedTask;
    }
}
