namespace Jobs;

/// <summary>
/// Starts the job for every object created in a bucket whose key has this prefix and this suffix: a run each, or a
/// message in the job's <see cref="JobDefinition.Queue"/> if it has one.
/// </summary>
/// <param name="Prefix">Beginning of the key; empty for any. Matched as written.</param>
/// <param name="Suffix">End of the key, whatever its case: cameras and spreadsheets write .JPG and .CSV. Empty for
/// any.</param>
public sealed record UploadTrigger(string Prefix, string Suffix = "")
{
    /// <summary>
    /// Priority of its runs among the job's waiting ones, 0 to 9: each step is a head start of an hour. Not of a job
    /// with a queue. Default 0.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>
    /// Name of a bucket that exists already, or the stack's name for it in <c>JobRunnerProps.Buckets</c>. Default null:
    /// the runner's bucket.
    /// </summary>
    public string? Bucket { get; init; }

    /// <summary>
    /// What S3 calls <see cref="Bucket"/> when the stack has a name of its own for it. Deployment sets it. Default
    /// null: the same.
    /// </summary>
    public string? BucketName { get; init; }

    /// <summary>Name of the bucket in S3; null for the runner's.</summary>
    public string? BucketInS3 => BucketName ?? Bucket;

    /// <summary>
    /// How the trigger is named in runs and messages: <c>incoming/*.csv</c>, in another bucket than the runner's
    /// <c>s3://raw/incoming/*.csv</c>.
    /// </summary>
    public string Name => Bucket is null ? $"{Prefix}*{Suffix}" : $"s3://{Bucket}/{Prefix}*{Suffix}";

    /// <summary>Whether an object of this key, in the trigger's bucket, starts the job.</summary>
    public bool Matches(string key) =>
        key.Length >= Prefix.Length + Suffix.Length
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its bucket is called so, by the stack or by S3; null for the runner's.</summary>
    public bool IsIn(string? bucket) => bucket == Bucket || (bucket is not null && bucket == BucketName);
}
