using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <param name="At">When it was due.</param>
public sealed record DueRun(RunId Id, DateTimeOffset At);
