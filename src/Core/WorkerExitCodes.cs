namespace Jobs.Core;

/// <summary>Exit codes by which the worker's host says how an attempt ended. Others are the program's own.</summary>
public static class WorkerExitCodes
{
    /// <summary>The job returned and its result is recorded.</summary>
    public const int Succeeded = 0;

    /// <summary>The job threw; the error is in the worker record.</summary>
    public const int JobFailed = 64;

    /// <summary>
    /// AWS did not answer what the host or the job's context asked of it, for minutes; the job is not to blame.
    /// </summary>
    public const int AwsUnavailable = 69;

    /// <summary>The host could not do its part: there is no input, or the job is not in the image.</summary>
    public const int HostFailed = 70;

    /// <summary>The host could not learn which task it is; nothing was claimed, and no user code ran.</summary>
    public const int Unnamed = 71;

    /// <summary>
    /// SIGTERM arrived before the job was done. A .NET host that handles SIGTERM would exit 0: not success.
    /// </summary>
    public const int Interrupted = 75;

    /// <summary>SIGTERM because the run was cancelled.</summary>
    public const int Cancelled = 76;

    /// <summary>SIGTERM because the attempt had had its time.</summary>
    public const int TimedOut = 77;

    /// <summary>Another task already claimed this launch, or a later one; no user code ran.</summary>
    public const int Superseded = 79;

    /// <summary>The job submitted children and waits for them outside the container.</summary>
    public const int AwaitingChildren = 80;
}
