using Jobs.Tests.Simulation.Faults;

namespace Jobs.Tests.Simulation.World;

/// <summary>The faults that may hit a process at each of its calls; null for those that cannot.</summary>
internal sealed record CallFaults(
    FaultKind? CrashBefore, FaultKind? CrashAfter, FaultKind Fails, FaultKind AnswerLost, FaultKind Slow)
{
    public static CallFaults OfFunction { get; } = new(
        FaultKind.CrashBeforeCall, FaultKind.CrashAfterCall, FaultKind.CallFails, FaultKind.AnswerLost,
        FaultKind.SlowCall);

    public static CallFaults OfWorker { get; } = new(
        null, null, FaultKind.WorkerCallFails, FaultKind.WorkerAnswerLost, FaultKind.SlowCall);
}
