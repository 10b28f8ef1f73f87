namespace Jobs.Cli.Shapes;

/// <summary>What a replay would start, or has.</summary>
/// <param name="Id">By which it is looked at again, and goes on where it was.</param>
/// <param name="Source">In words; of a replay that is looked at again as it was sent.</param>
/// <param name="Sent">False of a dry run.</param>
/// <param name="Count">How many there are in all; null when there are more than were counted, or none was counted.</param>
/// <param name="Ran">How many of them had run already before it began; null when they were not counted.</param>
/// <param name="Items">The first of them.</param>
/// <param name="Progress">How far it is; null of a dry run.</param>
internal sealed record ReplayShape(string Id, string Source, bool Sent, int? Count, int? Ran, IReadOnlyList<ReplayItemShape> Items, ReplayProgressShape? Progress);
