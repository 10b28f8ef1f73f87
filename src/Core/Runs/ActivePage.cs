using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <param name="Runs">In no order.</param>
/// <param name="IsComplete">Whether these are all.</param>
public sealed record ActivePage(IReadOnlyList<RunId> Runs, bool IsComplete);
