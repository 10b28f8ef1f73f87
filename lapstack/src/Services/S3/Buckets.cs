using System.Collections.Concurrent;
using Lapstack.State;

namespace Lapstack.Services.S3;

/// <summary>The account's buckets: those of the stack.</summary>
internal sealed class Buckets(StateFolder state, TimeProvider clock)
{
    private readonly ServiceState _state = state.For("s3");
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public IEnumerable<Bucket> All => _buckets.Values.OrderBy(b => b.Name, StringComparer.Ordinal);

    /// <exception cref="Wire.ServiceError">NoSuchBucket.</exception>
    public Bucket Get(string name) => _buckets.TryGetValue(name, out var bucket) ? bucket : throw S3Errors.NoSuchBucket(name, All.Select(b => b.Name));

    /// <summary>The bucket with what an earlier start stored in it, or a new one.</summary>
    public void Open(string name, bool versioned, bool eventBridge)
    {
        var document = $"bucket-{name}.json";
        var created = _state.Read<DateTimeOffset?>(document);
        if (created is null) _state.Write(document, created = clock.GetUtcNow());
        _buckets[name] = new Bucket(name, _state, clock) { Versioned = versioned, EventBridge = eventBridge, CreatedAt = created.Value };
    }
}
