namespace Jobs.Core.Metrics;

/// <summary>How a stack tells its functions which metrics to write.</summary>
public static class MetricsText
{
    /// <summary>None.</summary>
    public const string None = "none";

    /// <summary>Those of the stack, and those of each job.</summary>
    public const string ByJob = "jobs";
}
