using System.Collections.Concurrent;
using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Tests.InMemory;

/// <summary>Why runs are being stopped, in memory.</summary>
public sealed class InMemoryRunStops : IRunStops
{
    private readonly ConcurrentDictionary<RunId, RunStop> _stops = new();

    public RunStop this[RunId run]
    {
        set => _stops[run] = value;
    }

    public Task<RunStop?> ReadAsync(RunId run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_stops.GetValueOrDefault(run));
    }
}
