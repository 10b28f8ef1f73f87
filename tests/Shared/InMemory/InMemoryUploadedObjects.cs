using Jobs.Core.Replays;

namespace Jobs.Tests.InMemory;

/// <summary>Uploads in memory, by bucket and key.</summary>
public sealed class InMemoryUploadedObjects : IUploadedObjects
{
    /// <summary>Name of the runner's bucket, which holds what was put into no other.</summary>
    private const string Runners = "";

    private readonly Dictionary<string, SortedDictionary<string, Upload>> _buckets = [];

    public void Add(Upload upload) => Add(Runners, upload);

    /// <param name="bucket">Another one than the runner's.</param>
    public void Add(string bucket, Upload upload)
    {
        if (!_buckets.TryGetValue(bucket, out var uploads)) _buckets[bucket] = uploads = new(StringComparer.Ordinal);
        uploads[upload.Key] = upload;
    }

    public Task<IReadOnlyList<Upload>> PageAsync(
        string? bucket,
        string prefix,
        string? after,
        int limit,
        CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Upload>>(
    [
        .. (_buckets.GetValueOrDefault(bucket ?? Runners)?.Values.AsEnumerable() ?? [])
            .Where(
                upload =>
                    upload.Key.StartsWith(prefix, StringComparison.Ordinal)
                        && string.CompareOrdinal(upload.Key, after) > 0)
            .Take(limit),
    ]);
}
