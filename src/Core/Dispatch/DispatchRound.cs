using Jobs.Core.Runs;

namespace Jobs.Core.Dispatch;

/// <param name="Runs">What to launch now, in this order.</param>
/// <param name="NextAt">When the next run that waits for its time may start; null when none is due soon.</param>
/// <param name="Failures">What kept single jobs from being looked at.</param>
internal sealed record DispatchRound(IReadOnlyList<Run> Runs, DateTimeOffset? NextAt, IReadOnlyCollection<Exception> Failures);
