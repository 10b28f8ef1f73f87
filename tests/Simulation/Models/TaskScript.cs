using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>What is going to happen to one task, decided by the seed and the launch alone when it starts.</summary>
internal sealed record TaskScript
{
    /// <summary>From RunTask until the containers run; null for never.</summary>
    public TimeSpan? Start { get; private init; }

    /// <summary>Why the containers do not start; null when they do.</summary>
    public (string Reason, EndCause Cause)? StartFailure { get; private init; }

    /// <summary>How long the job works when nothing disturbs it.</summary>
    public TimeSpan Work { get; private init; }

    public JobEnd End { get; private init; }

    /// <summary>The worker sends no heartbeat any more and never ends by itself.</summary>
    public bool Hangs { get; private init; }

    public bool IgnoresStop { get; private init; }

    /// <summary>What AWS does to the running task, and when after it began to run; null for nothing.</summary>
    public (TaskMishap Mishap, TimeSpan At)? Mishap { get; private init; }

    public static TaskScript Draw(SimulatedWorld world, EcsTask task)
    {
        var chance = Chance.For(world.Schedule.Seed, task.Launch.Id.ToString());
        bool Happens(FaultKind kind) => world.Happens(kind, chance);

        var work = Happens(FaultKind.JobIsSlow)
            ? TimeSpan.FromMinutes(task.TimeoutMinutes) * (0.9 + (chance.Fraction() * 2))
            : chance.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
        return new TaskScript
        {
            Start = Happens(FaultKind.StuckProvisioning)
                ? null
                : Happens(FaultKind.SlowStart)
                ? chance.Seconds(60, 900)
                : chance.Seconds(8, 45),
            StartFailure = Happens(FaultKind.StartFailure) ? chance.Pick(StartFailures) : null,
            Work = work,
            End = DrawEnd(Happens),
            Hangs = Happens(FaultKind.WorkerHangs),
            IgnoresStop = Happens(FaultKind.IgnoresStop),
            Mishap = DrawMishap(Happens, task.Launch.Spot) is { } mishap
                ? (mishap, work * (chance.Fraction() * 1.1))
                : null,
        };
    }

    private static JobEnd DrawEnd(Func<FaultKind, bool> happens) => happens(FaultKind.JobThrows) ? JobEnd.Throws
        : happens(FaultKind.JobGivesUp) ? JobEnd.GivesUp
        : happens(FaultKind.JobExits) ? JobEnd.Exits
        : happens(FaultKind.JobCrashes) ? JobEnd.Crashes
        : JobEnd.Succeeds;

    private static TaskMishap? DrawMishap(Func<FaultKind, bool> happens, bool spot) =>
        spot && happens(FaultKind.SpotKill) ? TaskMishap.SpotKill
        : happens(FaultKind.HostRetired) ? TaskMishap.HostRetired
        : happens(FaultKind.Vanishes) ? TaskMishap.Vanishes
        : happens(FaultKind.NoExitCode) ? TaskMishap.NoExitCode
        : happens(FaultKind.StoppedByHand) ? TaskMishap.StoppedByHand
        : null;

    private static readonly (string Reason, EndCause Cause)[] StartFailures =
    [
        (
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref",
            EndCause.JobFault),
        (
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed",
            EndCause.JobFault),
        ("Timeout waiting for network interface provisioning to complete.", EndCause.JobFault),
        (
            "Capacity is unavailable at this time. Please try again later or in a different availability zone",
            EndCause.Interruption),
    ];
}
