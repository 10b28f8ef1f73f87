using System.Collections.Concurrent;
using Lapstack.State;

namespace Lapstack.Services.S3;

/// <summary>The account's buckets: those of the stack, and those that it takes to be there.</summary>
internal sealed class Buckets(StateFolder state, TimeProvider clock)
{
    private readonly ServiceState _state = state.For("s3");
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public IEnumerable<Bucket> All => _buckets.Values.OrderBy(b => b.Name, StringComparer.Ordinal);

    public Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    /// <exception cref="Wire.ServiceError">NoSuchBucket.</exception>
    public Bucket Get(string name) => Find(name) ?? throw S3Errors.NoSuchBucket(name, All.Select(b => b.Name));

    /// <summary>The bucket with what an earlier start stored in it, or a new one.</summary>
    public void Open(string name, bool versioned, bool eventBridge, BucketSettings settings)
    {
        var document = $"bucket-{name}.json";
        var created = _state.Read<DateTimeOffset?>(document);
        if (created is null) _state.Write(document, created = clock.GetUtcNow());
        _buckets[name] = new Bucket(name, _state, clock)
        {
            Versioned = versioned,
            EventBridge = eventBridge,
            Settings = settings,
            CreatedAt = created.Value,
        };
    }
}
