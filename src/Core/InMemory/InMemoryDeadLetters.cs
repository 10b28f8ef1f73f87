using System.Collections.Concurrent;
using Jobs.Core.Ports;

namespace Jobs.Core.InMemory;

/// <summary>Refused messages in memory, each with its reason.</summary>
public sealed class InMemoryDeadLetters : IDeadLetters
{
    private readonly ConcurrentQueue<(string Body, string Reason)> _sent = new();

    public IReadOnlyCollection<(string Body, string Reason)> Sent => _sent;

    public Task SendAsync(string body, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _sent.Enqueue((body, reason));
        return Task.CompletedTask;
    }
}
