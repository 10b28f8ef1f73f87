namespace Jobs.Core.Tasks;

/// <summary>Why we asked for a task to be stopped.</summary>
public enum StopCause
{
    Cancelled,
    TimedOut,
    HeartbeatLost,

    /// <summary>ECS was still provisioning the task long after it should have run.</summary>
    NeverStarted,

    /// <summary>The run, not only the attempt, had its time.</summary>
    RunTimedOut,

    /// <summary>A cause that this version does not know.</summary>
    Unknown,
}
