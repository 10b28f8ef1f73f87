using Jobs.Core.Runs;

namespace Jobs.Core.Dispatch;

/// <param name="Launches">What to launch now, in this order.</param>
/// <param name="NextAt">When the next run that waits for its time may start; null when none is due soon.</param>
/// <param name="Orphans">Waiting runs of jobs that the stack does not have.</param>
/// <param name="Unreadable">What is wrong with items that were passed over.</param>
/// <param name="Waiting">Runs that one look finds waiting, at most two rounds' worth.</param>
internal sealed record DispatchRound(
    IReadOnlyList<(Run Run, LaunchPermit Permit)> Launches,
    DateTimeOffset? NextAt,
    IReadOnlyList<Run> Orphans,
    IReadOnlyList<Exception> Unreadable,
    int Waiting);
