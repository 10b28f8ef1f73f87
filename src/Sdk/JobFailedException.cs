namespace Jobs;

/// <summary>
/// The job says that this input can never succeed, so the run fails at once and is not retried.
/// The message goes to people: say what is wrong, where, and what to do about it.
/// </summary>
public sealed class JobFailedException : Exception
{
    public JobFailedException(string message)
        : base(message)
    {
    }

    public JobFailedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
