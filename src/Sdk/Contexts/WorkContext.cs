using Jobs.Core.Objects;
using Jobs.Sdk.Contexts;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>What jobs and message handlers may do alike: read and write objects, and log.</summary>
public abstract class WorkContext
{
    private readonly RunnerBucket _bucket;

    private protected WorkContext(RunnerBucket bucket, ILogger logger) => (_bucket, Logger) = (bucket, logger);

    /// <summary>
    /// Each line goes to stdout as JSON with the run's id and the message's, and the last twenty into the run's record.
    /// Values of the secrets that the stack gives the job are masked; never log others.
    /// </summary>
    public ILogger Logger { get; }

    /// <summary>
    /// Opens an upload for reading from start to end: the version the event named, or while it still has the ETag the
    /// event named. Dropped connections are resumed.
    /// </summary>
    /// <exception cref="ObjectGoneException">The object, or that version, is not there any more.</exception>
    /// <exception cref="ObjectChangedException">The object was overwritten after the event.</exception>
    public Task<Stream> OpenAsync(Upload upload, CancellationToken stop) =>
        _bucket.Objects.OpenAsync(upload.Bucket, upload.Key, upload.VersionId, upload.ETag, stop);

    /// <summary>
    /// Opens the newest version of an object in the runner's bucket; the job declares the prefix with
    /// <see cref="ReadsAttribute"/>.
    /// </summary>
    /// <exception cref="ObjectGoneException">The object is not there.</exception>
    public Task<Stream> OpenAsync(string key, CancellationToken stop) => _bucket.OpenAsync(key, stop);

    /// <summary>Opens the newest version of an object in any bucket that the job's role may read.</summary>
    /// <exception cref="ObjectGoneException">The object is not there.</exception>
    public Task<Stream> OpenAsync(string bucket, string key, CancellationToken stop) =>
        _bucket.Objects.OpenAsync(bucket, key, null, null, stop);

    /// <summary>
    /// Writes an object of any size to the runner's bucket, from a stream that need not know its length; the job
    /// declares the prefix with <see cref="WritesAttribute"/>. Nothing is visible under the key until all of it is
    /// written.
    /// </summary>
    /// <param name="contentType">MIME type, such as <c>text/csv</c>.</param>
    public Task WriteAsync(string key, Stream content, string contentType, CancellationToken stop) =>
        _bucket.Objects.WriteAsync(_bucket.Name, key, content, contentType, stop);

    /// <summary>
    /// The objects of the runner's bucket whose keys begin with the prefix, in S3's order, read page by page: any
    /// number of them needs little memory. The job declares the prefix with <see cref="ListsAttribute"/> or
    /// <see cref="ReadsAttribute"/>.
    /// </summary>
    /// <param name="prefix">Beginning of the keys; empty for all.</param>
    public IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken stop) =>
        _bucket.Objects.ListAsync(_bucket.Name, prefix, stop);
}
