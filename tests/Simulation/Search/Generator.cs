namespace Jobs.Tests.Simulation.Search;

/// <summary>Which schedules the seeds of a campaign mean.</summary>
internal enum Generator
{
    /// <summary>Uploads, cancels, messages.</summary>
    Plain,

    /// <summary>Everything there is.</summary>
    Wide,

    /// <summary>One after the other.</summary>
    Both,
}
