using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <param name="At">When it was due.</param>
public sealed record DueRun(RunId Id, DateTimeOffset At);
