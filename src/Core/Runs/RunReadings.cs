using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <summary>What came of reading many runs.</summary>
/// <param name="Found">In no order; those that do not exist are left out.</param>
/// <param name="Unreadable">Items that are no run, and why: one bad item keeps no other from being read.</param>
public sealed record RunReadings(IReadOnlyList<RunReading> Found, IReadOnlyList<(RunId Id, Exception Why)> Unreadable);
