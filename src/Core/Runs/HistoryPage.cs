using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <param name="Runs">Newest first.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record HistoryPage(IReadOnlyList<RunId> Runs, HistoryCursor? Next);
