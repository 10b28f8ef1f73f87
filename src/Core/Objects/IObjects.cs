namespace Jobs.Core.Objects;

/// <summary>Objects in S3, as jobs use them.</summary>
public interface IObjects
{
    /// <summary>
    /// Opens an object for reading from start to end; the stream survives dropped connections by resuming where it was.
    /// With a version, that version; else with an ETag, only while the object still has it.
    /// </summary>
    /// <exception cref="ObjectGoneException">The object, or that version, is not there.</exception>
    /// <exception cref="ObjectChangedException">The object was overwritten since the ETag was taken.</exception>
    Task<Stream> OpenAsync(string bucket, string key, string? versionId, string? eTag, CancellationToken cancellation);

    /// <summary>Writes an object of any size; a stream need not know its length.</summary>
    Task WriteAsync(string bucket, string key, Stream content, string? contentType, CancellationToken cancellation);

    /// <summary>
    /// The objects whose keys begin with the prefix, in S3's order, page by page as they are asked for. Deleted ones
    /// are not among them.
    /// </summary>
    IAsyncEnumerable<ListedObject> ListAsync(string bucket, string prefix, CancellationToken cancellation);
}
