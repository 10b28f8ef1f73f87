namespace Jobs.Tests.Simulation.Models;

/// <summary>What may be done to a running task from outside.</summary>
internal enum TaskMishap
{
    SpotKill,
    HostRetired,
    Vanishes,
    NoExitCode,
    StoppedByHand,
}
