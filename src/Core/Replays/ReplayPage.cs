namespace Jobs.Core.Replays;

/// <param name="Items">What would run again.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record ReplayPage(IReadOnlyList<ReplayItem> Items, string? Next);
