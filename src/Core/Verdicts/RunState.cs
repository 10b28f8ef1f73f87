namespace Jobs;

/// <summary>Where a run stands. The order is that of a run's life.</summary>
public enum RunState
{
    /// <summary>Asked for, and waiting: for its time, for a slot, for capacity.</summary>
    Pending,

    /// <summary>A launch is on its way, or its task has not yet claimed it.</summary>
    Starting,

    /// <summary>Its task has claimed the launch.</summary>
    Running,

    /// <summary>StopTask was decided; only STOPPED, or MISSING for five minutes, ends the attempt.</summary>
    Stopping,

    /// <summary>Holds nothing and resumes when its children have ended.</summary>
    AwaitingChildren,

    Succeeded,
    Failed,
    TimedOut,
    Cancelled,

    /// <summary>Not started because of the schedule's overlap policy. Not a failure.</summary>
    Skipped,

    /// <summary>
    /// A state that this version does not know: a newer one made it, and was rolled back. Nothing changes it.
    /// </summary>
    Unknown,
}
