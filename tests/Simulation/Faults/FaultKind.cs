namespace Jobs.Tests.Simulation.Faults;

/// <summary>Everything that can go wrong. Each is on or off in a schedule, at a rate of its own.</summary>
internal enum FaultKind
{
    // Processes and their calls.
    CrashBeforeCall,
    CrashAfterCall,
    CallFails,
    AnswerLost,
    SlowCall,

    // What is read.
    StaleIndex,
    StaleTasks,
    TaskLeftOut,

    // RunTask.
    Throttle,
    DisguisedThrottle,
    NoCapacity,
    NoSpotCapacity,
    Misconfigured,
    LaunchLost,
    LaunchAnswerLost,

    // A task's life.
    SlowStart,
    StuckProvisioning,
    StartFailure,
    SpotKill,
    HostRetired,
    Vanishes,
    NoExitCode,
    StoppedByHand,

    // The job and its worker.
    JobThrows,
    JobGivesUp,
    JobExits,
    JobCrashes,
    NeedsMemory,
    JobIsSlow,
    WorkerHangs,
    IgnoresStop,
    WorkerCallFails,
    WorkerAnswerLost,

    // Events and their delivery.
    DuplicateUpload,
    DelayedUpload,
    DuplicateStop,
    DelayedStop,
    LostStop,
    Redelivery,

    // The tick.
    TickSkipped,
    TickTwice,
    TickLate,

    // What only wide schedules have: drawn apart, so that a plain seed means what it always meant.
    LostAnnouncement,
    DuplicateAnnouncement,
    DelayedAnnouncement,
    DuplicateCommand,
    DelayedCommand,
    NoMetadata,
    StaleHistory,
    StaleQueue,
}
