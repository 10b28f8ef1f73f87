namespace Jobs;

/// <summary>What became of an attempt, or of a launch that ECS refused.</summary>
public enum VerdictClass
{
    /// <summary>The job did its work.</summary>
    Succeeded,

    /// <summary>The job threw, and its host recorded the error.</summary>
    JobFailed,

    /// <summary>The program ended with an exit code of its own.</summary>
    ExitedNonZero,

    /// <summary>The process died of a signal that it caused itself: abort, segmentation fault.</summary>
    Crashed,

    /// <summary>The kernel killed the container for its memory use.</summary>
    OutOfMemory,

    /// <summary>SIGKILL without a sign of memory trouble: SIGTERM was ignored until the stop timeout.</summary>
    Killed,

    /// <summary>Exit code 0, but our host recorded no result.</summary>
    NoResult,

    /// <summary>The container ran, or should have, and there is no exit code.</summary>
    NoExitCode,

    /// <summary>The host in the container could not do its part.</summary>
    HostFailed,

    /// <summary>The worker could not learn which task it is, so it claimed nothing and ran no user code.</summary>
    WorkerUnnamed,

    /// <summary>
    /// AWS did not answer the worker for minutes: an outage, a throttle, a permission that is not visible yet.
    /// </summary>
    AwsUnavailable,

    /// <summary>An essential container beside the worker ended the task.</summary>
    SidecarFailed,

    /// <summary>Spot capacity was reclaimed.</summary>
    SpotInterruption,

    /// <summary>AWS retired or lost the host, or moved the task.</summary>
    HostRetired,

    /// <summary>SIGTERM from outside that we did not ask for.</summary>
    Interrupted,

    /// <summary>A person stopped the task by hand.</summary>
    StoppedByHand,

    Cancelled,

    /// <summary>The attempt had its time: TimeoutMinutes.</summary>
    TimedOut,

    /// <summary>The run had its time, all attempts and waiting together: RunTimeoutMinutes.</summary>
    RunTimedOut,

    HeartbeatLost,

    /// <summary>ECS does not know the task.</summary>
    TaskMissing,

    /// <summary>Another task had already claimed the launch.</summary>
    Superseded,

    /// <summary>The job waits for its children.</summary>
    AwaitingChildren,

    ImagePullFailed,

    /// <summary>Secrets, parameters, registry login, log driver or volume could not be set up.</summary>
    ResourceInitializationFailed,

    NetworkNotReady,

    /// <summary>The container runtime could not create, start or inspect the container.</summary>
    ContainerNotStarted,

    /// <summary>The task never ran, for a reason not known better.</summary>
    FailedToStart,

    /// <summary>The task was still being provisioned when its time for that was over, and was stopped.</summary>
    NeverStarted,

    /// <summary>No capacity for the size, zone or provider.</summary>
    CapacityUnavailable,

    /// <summary>The account's vCPU quota is in use.</summary>
    VcpuLimit,

    /// <summary>Too many calls a second.</summary>
    Throttled,

    /// <summary>RunTask was asked for something it will never do.</summary>
    Misconfigured,

    /// <summary>RunTask was refused, or the task not started, for want of a permission or a role.</summary>
    AccessDenied,

    /// <summary>AWS has blocked the account.</summary>
    AccountBlocked,

    /// <summary>ECS failed.</summary>
    ServiceFailed,

    /// <summary>RunTask was refused with a reason we do not know.</summary>
    RefusedUnknown,

    /// <summary>The job is no longer deployed.</summary>
    JobRemoved,

    /// <summary>It only made children, and some of them did not succeed.</summary>
    ChildrenFailed,

    /// <summary>Its schedule's run before was not over.</summary>
    Skipped,

    /// <summary>A class that this version does not know: a newer one judged, and was rolled back.</summary>
    Unknown,
}
