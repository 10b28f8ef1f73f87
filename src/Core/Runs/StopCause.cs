namespace Jobs.Core.Runs;

/// <summary>Why we asked for a task to be stopped.</summary>
public enum StopCause
{
    Cancelled,
    TimedOut,
    HeartbeatLost,
}
