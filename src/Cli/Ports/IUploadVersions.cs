namespace Jobs.Cli.Ports;

/// <summary>What was uploaded to the bucket under one key.</summary>
internal interface IUploadVersions
{
    /// <summary>The versions that there still are, newest first; each upload made one.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<Upload>> OfAsync(string key, int limit, CancellationToken cancellation);
}
