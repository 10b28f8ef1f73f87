namespace Jobs.Core.Replays;

/// <summary>The objects of a bucket, as their uploads were: with the versions that these made.</summary>
public interface IUploadedObjects
{
    /// <summary>Objects by key, in their newest version. Fewer than the limit only at the end.</summary>
    /// <param name="bucket">Its name in S3; null for the runner's.</param>
    /// <param name="after">The key after which to begin; null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    Task<IReadOnlyList<Upload>> PageAsync(
        string? bucket, string prefix, string? after, int limit, CancellationToken cancellation);
}
