using System.Collections.Concurrent;
using Jobs.Sdk.Messages;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>What the agent was asked for, in order: on or off; it fails when a test wants it.</summary>
internal sealed class RecordedProtection : ITaskProtection
{
    public ConcurrentQueue<bool> Asked { get; } = new();

    public bool Fails { get; set; }

    public Task SetAsync(bool isProtected, TimeSpan expires, CancellationToken cancellation)
    {
        Asked.Enqueue(isProtected);
        return Fails ? throw new HttpRequestException("The ECS agent answered 400.") : Task.CompletedTask;
    }
}
