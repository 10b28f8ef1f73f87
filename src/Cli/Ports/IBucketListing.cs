namespace Jobs.Cli.Ports;

/// <summary>The objects of the stack's bucket.</summary>
internal interface IBucketListing
{
    /// <summary>Objects whose key begins so, in the order of their keys, without their versions.</summary>
    IAsyncEnumerable<Upload> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>The object's newest version; null when it is gone.</summary>
    Task<Upload?> WithVersionAsync(Upload listed, CancellationToken cancellation);
}
