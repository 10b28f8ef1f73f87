namespace Jobs;

/// <summary>The object was overwritten after the event that named it; the newer upload has a run of its own.</summary>
public sealed class ObjectChangedException(string bucket, string key, string eTag, Exception? cause = null)
    : IOException(
        $"s3://{bucket}/{key} was overwritten since ETag {eTag}. The newer upload starts a run of its own; nothing " +
        "needs to be done.",
        cause);
