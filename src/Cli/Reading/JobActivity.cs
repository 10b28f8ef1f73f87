using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>What is under way of a job.</summary>
internal sealed record JobActivity(string Job, IReadOnlyList<RunReading> Runs)
{
    /// <summary>By name; jobs of which nothing is under way are left out.</summary>
    public static IEnumerable<JobActivity> Of(IEnumerable<RunReading> active) => active
        .GroupBy(reading => reading.Run.Id.Job)
        .OrderBy(job => job.Key, StringComparer.Ordinal)
        .Select(job => new JobActivity(job.Key, [.. job]));

    public int Count(RunState state) => Runs.Count(reading => reading.VisibleState == state);
}
