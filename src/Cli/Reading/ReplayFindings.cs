namespace Jobs.Cli.Reading;

/// <summary>What a replay is about.</summary>
/// <param name="Count">Runs that it would start, if none of them had run, and messages that it would send.</param>
/// <param name="Ran">How many of those looked at have run already.</param>
/// <param name="IsComplete">All were looked at; else there are more.</param>
/// <param name="Items">The first of them.</param>
internal sealed record ReplayFindings(int Count, int Ran, bool IsComplete, IReadOnlyList<ReplayFinding> Items)
{
    /// <summary>How many of them go into jobs' queues, where what had run is not known.</summary>
    public int Messages { get; init; }
}
