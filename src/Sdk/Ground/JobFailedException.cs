namespace Jobs;

/// <summary>
/// The job says that this input can never succeed, so the run fails at once and is not retried.
/// The message goes to people: say what is wrong, where, and what to do about it.
/// </summary>
/// <example><code>
/// if (lines == 0) throw new JobFailedException("The file is empty. Upload one with content.");
/// </code></example>
public sealed class JobFailedException : Exception
{
    /// <param name="message">A sentence for people.</param>
    public JobFailedException(string message)
        : base(message)
    {
    }

    /// <param name="message">A sentence for people.</param>
    /// <param name="cause">What the job found.</param>
    public JobFailedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
