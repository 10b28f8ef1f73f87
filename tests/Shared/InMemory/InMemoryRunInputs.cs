using System.Collections.Concurrent;
using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Tests.InMemory;

/// <summary>Inputs of runs in memory.</summary>
public sealed class InMemoryRunInputs : IRunInputs
{
    private readonly ConcurrentDictionary<RunId, string> _inputs = new();

    public string this[RunId run]
    {
        set => _inputs[run] = value;
    }

    public Task<string?> ReadAsync(RunId run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_inputs.GetValueOrDefault(run));
    }
}
