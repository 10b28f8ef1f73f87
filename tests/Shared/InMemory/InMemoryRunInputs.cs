using System.Collections.Concurrent;
using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Tests.InMemory;

/// <summary>Inputs of runs in memory.</summary>
public sealed class InMemoryRunInputs : IRunInputs
{
    private readonly ConcurrentDictionary<RunId, RunInput> _inputs = new();

    public string this[RunId run]
    {
        set => _inputs[run] = new RunInput(value);
    }

    /// <summary>What the run is called before the worker begins.</summary>
    public void Label(RunId run, params string[] labels) => _inputs[run] = _inputs[run] with { Labels = [.. labels] };

    public Task<RunInput?> ReadAsync(RunId run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_inputs.GetValueOrDefault(run));
    }
}
