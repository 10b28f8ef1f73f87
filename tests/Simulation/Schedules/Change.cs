namespace Jobs.Tests.Simulation.Schedules;

/// <summary>What a deployment changes of a job.</summary>
internal enum Change
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It has more CPU and memory.</summary>
    Resized,

    /// <summary>It has a cap of one.</summary>
    Capped,

    /// <summary>It has no cap any more.</summary>
    Uncapped,

    /// <summary>It is what it was before the deployment before.</summary>
    RolledBack,
}
