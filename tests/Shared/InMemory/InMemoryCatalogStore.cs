using Jobs.Core.Definitions;

namespace Jobs.Tests.InMemory;

/// <summary>The published catalog in memory.</summary>
public sealed class InMemoryCatalogStore : ICatalogStore
{
    private volatile string? _json;
    private int _writes;

    /// <summary>Null before the first.</summary>
    public string? Json => _json;

    public int Writes => _writes;

    public Task PublishAsync(string json, IReadOnlyCollection<string> jobs, CancellationToken cancellation)
    {
        _json = json;
        Interlocked.Increment(ref _writes);
        return Task.CompletedTask;
    }
}
