using Jobs.Core.Ids;

namespace Jobs.Core.Replays;

/// <summary>What is to run again.</summary>
public abstract record ReplaySource
{
    private ReplaySource()
    {
    }

    /// <summary>The newest versions of the bucket's objects under a prefix, each as its upload would be.</summary>
    public sealed record Prefix(string Value) : ReplaySource;

    /// <summary>A schedule's planned times: the first included, the last not.</summary>
    public sealed record Window(ScheduleKey Key, DateTimeOffset From, DateTimeOffset To) : ReplaySource;

    /// <summary>Runs that were asked for in this time, both ends included, and failed or timed out.</summary>
    /// <param name="Job">Null for every job.</param>
    public sealed record Failed(string? Job, DateTimeOffset From, DateTimeOffset To) : ReplaySource;
}
