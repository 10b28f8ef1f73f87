namespace Jobs;

/// <summary>Why an attempt was told to stop.</summary>
public enum StopReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>SIGTERM: a Spot interruption, a cancel, or the platform needs the host. The run may be attempted again.</summary>
    Interrupted,

    /// <summary>SIGTERM after the job's timeout.</summary>
    TimedOut,

    /// <summary>A later launch of the run has taken over; what this one produces is not recorded.</summary>
    Superseded,
}
