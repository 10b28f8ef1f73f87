namespace Jobs.Core.Runs;

/// <summary>What a run has waited because its job was paused.</summary>
/// <param name="From">Since when it waited for the last pause.</param>
/// <param name="To">When that pause ended, or until when it is counted.</param>
/// <param name="Sum">All pauses since the run was asked for: they do not count for its RunTimeoutMinutes.</param>
public sealed record PausedTime(DateTimeOffset From, DateTimeOffset To, TimeSpan Sum)
{
    /// <summary>Who paused; null when that is not known.</summary>
    public string? By { get; init; }
}
