namespace Jobs;

/// <summary>
/// Starts the job for every object created in a bucket whose key has this prefix and this suffix. An
/// <see cref="IJob{TInput, TResult}"/> of <see cref="Upload"/> has a run, and so a task, for each object. An
/// <see cref="IMessageHandler{T}"/> of <see cref="Upload"/> shares tasks: each object is a message in a queue of its
/// own, which <see cref="OnQueueAttribute"/> beside this one sizes.
/// </summary>
/// <param name="prefix">Beginning of the key, matched as written: no wildcards. Empty for any.</param>
/// <example><code>
/// [OnUpload("incoming/", Suffix = ".txt")]
/// public sealed class LineCount : IJob&lt;Upload, LineCount.Counted&gt;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class OnUploadAttribute(string prefix) : Attribute
{
    /// <summary>Beginning of the key.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>
    /// End of the key, whatever its case: .csv matches DATA.CSV too. No wildcards. Default empty: any.
    /// </summary>
    public string Suffix { get; set; } = "";

    /// <summary>
    /// Name of a bucket that exists already, in the stack's account and Region, or the stack's name for it in
    /// JobRunnerProps.Buckets. Several jobs may name one. The job may read what it listens to. Default null: the
    /// runner's bucket.
    /// </summary>
    public string? Bucket { get; set; }

    /// <summary>
    /// Priority of its runs among the job's waiting ones, 0 to 9: each step is a head start of an hour. Not on an
    /// <see cref="IMessageHandler{T}"/>. Default 0.
    /// </summary>
    public int Priority { get; set; }
}
