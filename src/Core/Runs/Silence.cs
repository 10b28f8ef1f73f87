namespace Jobs.Core.Runs;

/// <summary>
/// What the sweep has seen of a worker's silence. A stale heartbeat alone proves nothing: the table may have been away,
/// for the worker as for the sweep. Only when look after look shows the same, close enough together, could a heartbeat
/// have been written and read.
/// </summary>
/// <param name="Since">The first of the looks in a row that found the heartbeat stale.</param>
/// <param name="SeenAt">The last of them.</param>
public sealed record Silence(DateTimeOffset Since, DateTimeOffset SeenAt)
{
    /// <summary>How long looks in a row must have found it: several heartbeats.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromMinutes(2);

    /// <summary>Looks farther apart are not in a row.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(150);

    /// <summary>The silence after another look that found it.</summary>
    public static Silence After(Silence? before, DateTimeOffset now) =>
        before is null || before.SeenAt + LongestGap < now ? new Silence(now, now) : before with { SeenAt = now };

    /// <summary>Whether a look now proves it.</summary>
    public static bool IsProved(Silence? before, DateTimeOffset now) =>
        before is not null && before.SeenAt + LongestGap >= now && before.Since + Proof <= now;
}
