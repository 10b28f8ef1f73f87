using System.Collections.Concurrent;
using Jobs.Core.Alerts;

namespace Jobs.Tests.InMemory;

/// <summary>Alerts in memory, in the order they were published.</summary>
public sealed class InMemoryAlerts : IAlerts
{
    private readonly ConcurrentQueue<Alert> _published = new();

    public IReadOnlyCollection<Alert> Published => _published;

    public Task PublishAsync(Alert alert, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _published.Enqueue(alert);
        return Task.CompletedTask;
    }
}
