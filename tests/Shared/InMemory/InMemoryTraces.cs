using System.Collections.Concurrent;
using Jobs.Core.Tracing;

namespace Jobs.Tests.InMemory;

/// <summary>Spans in memory, in the order they were added.</summary>
public sealed class InMemoryTraces : ITraces
{
    private readonly ConcurrentQueue<TraceSpan> _spans = new();
    private int _flushes;

    public TraceSampling Sampling { get; init; } = TraceSampling.Always;

    public IReadOnlyCollection<TraceSpan> Spans => _spans;

    public int Flushes => _flushes;

    public void Add(TraceSpan span) => _spans.Enqueue(span);

    public Task FlushAsync()
    {
        Interlocked.Increment(ref _flushes);
        return Task.CompletedTask;
    }
}
