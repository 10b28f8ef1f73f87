namespace Jobs.Tests.Simulation.Schedules;

/// <summary>
/// Uploads that never stop, for worlds of days: what is long over is judged and forgotten, as time to live does.
/// </summary>
/// <param name="RunsPerDay">On average.</param>
/// <param name="Span">How long.</param>
internal sealed record Traffic(double RunsPerDay, TimeSpan Span)
{
    /// <summary>How often what ended in a dead-letter queue is sent back.</summary>
    public static readonly TimeSpan RedrivenEvery = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a run that is over is kept: longer than anything about it may still be on its way, dead letters
    /// included. In the stack it is 90 days, and a dead letter lives for 14.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(4);

    /// <summary>The jobs and their share. A capped job gets what its cap can bear.</summary>
    public static IReadOnlyList<(string Job, double Share)> Mix { get; } =
        [("plain", 0.5), ("spot", 0.25), ("growing", 0.1), ("image", 0.1), ("stubborn", 0.0495), ("capped", 0.0005)];

    /// <summary>The job of the next upload.</summary>
    public static string Pick(double fraction)
    {
        foreach (var (job, share) in Mix)
        {
            if (fraction < share) return job;
            fraction -= share;
        }

        return Mix[0].Job;
    }
}
