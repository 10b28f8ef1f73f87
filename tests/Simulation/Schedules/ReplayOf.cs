namespace Jobs.Tests.Simulation.Schedules;

/// <summary>What is replayed.</summary>
internal enum ReplayOf
{
    /// <summary>The uploads under the prefix of <see cref="SimulatedJobs.Reloaded"/>.</summary>
    Prefix,

    /// <summary>The times that were planned of <see cref="SimulatedJobs.Reports"/> until then.</summary>
    Window,

    /// <summary>The runs that have failed until then.</summary>
    Failed,
}
