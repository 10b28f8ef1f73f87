namespace Jobs.Cli.Ports;

/// <summary>What was uploaded to a bucket under one key.</summary>
internal interface IUploadVersions
{
    /// <summary>The versions that there still are, newest first; each upload made one.</summary>
    /// <param name="bucket">Its name in S3; null for the runner's.</param>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<Upload>> OfAsync(
        string? bucket, string key, int limit, CancellationToken cancellation);
}
