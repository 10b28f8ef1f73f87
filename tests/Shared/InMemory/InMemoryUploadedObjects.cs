using Jobs.Core.Replays;

namespace Jobs.Tests.InMemory;

/// <summary>Uploads in memory, by key.</summary>
public sealed class InMemoryUploadedObjects : IUploadedObjects
{
    private readonly SortedDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    public void Add(Upload upload) => _uploads[upload.Key] = upload;

    public Task<IReadOnlyList<Upload>> PageAsync(
        string prefix,
        string? after,
        int limit,
        CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Upload>>(
    [
        .. _uploads.Values
            .Where(
                upload =>
                    upload.Key.StartsWith(prefix, StringComparison.Ordinal)
                        && string.CompareOrdinal(upload.Key, after) > 0)
            .Take(limit),
    ]);
}
