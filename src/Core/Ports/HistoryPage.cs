using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <param name="Runs">Newest first.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record HistoryPage(IReadOnlyList<RunId> Runs, HistoryCursor? Next);
