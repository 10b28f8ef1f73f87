namespace Jobs;

/// <summary>Why an attempt was told to stop.</summary>
public enum StopReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>
    /// SIGTERM that was not sent for the run's sake, or whose cause could not be read in time: a Spot interruption, or
    /// the platform needs the host. The run is attempted again at no cost of an attempt, and that attempt finds the
    /// checkpoint.
    /// </summary>
    Interrupted,

    /// <summary>The attempt has had the job's TimeoutMinutes, or the run all the time it may take.</summary>
    TimedOut,

    /// <summary>A later launch of the run has taken over; what this one produces is not recorded.</summary>
    Superseded,

    /// <summary>The run was cancelled: there is no further attempt.</summary>
    Cancelled,
}
