namespace Jobs;

/// <summary>The object, or the version that was asked for, is not there (any more).</summary>
public sealed class ObjectGoneException(string bucket, string key, string? versionId, Exception? cause = null)
    : IOException(
        $"s3://{bucket}/{key}{(versionId is null ? "" : $" (version {versionId})")} is not there: it was deleted " +
        "after the event, " +
        "or never existed. Upload it again to start a new run.",
        cause);
