using System.Collections.Concurrent;
using Jobs.Core.Messages;

namespace Jobs.Tests.InMemory;

/// <summary>What was put into the jobs' queues, in order.</summary>
public sealed class InMemoryJobQueues : IJobQueues
{
    private readonly ConcurrentQueue<(string Job, string Body)> _sent = new();

    public IReadOnlyCollection<(string Job, string Body)> Sent => _sent;

    public Task SendAsync(string job, string body, CancellationToken cancellation)
    {
        _sent.Enqueue((job, body));
        return Task.CompletedTask;
    }
}
