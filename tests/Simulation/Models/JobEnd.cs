namespace Jobs.Tests.Simulation.Models;

/// <summary>How a job ends when nothing disturbs it.</summary>
internal enum JobEnd
{
    Succeeds,

    /// <summary>With an exception that a repetition may mend.</summary>
    Throws,

    /// <summary>With one that it cannot.</summary>
    GivesUp,

    /// <summary>By Environment.Exit(3), past the host.</summary>
    Exits,

    /// <summary>By a segmentation fault.</summary>
    Crashes,
}
