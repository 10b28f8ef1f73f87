namespace Jobs.Cli.Shapes;

/// <summary>What a replay would start, or was told to.</summary>
/// <param name="Id">Sending a replay with this id again goes on where it was.</param>
/// <param name="Source">In words.</param>
/// <param name="Sent">False of a dry run.</param>
/// <param name="Count">How many there are in all; null when only the stack can tell.</param>
/// <param name="Items">The first of them.</param>
internal sealed record ReplayShape(string Id, string Source, bool Sent, int? Count, IReadOnlyList<ReplayItemShape> Items);
