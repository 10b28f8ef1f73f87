namespace Jobs.Core.Runs;

/// <param name="Runs">Job by job, each job's in the order in which they should start.</param>
/// <param name="Unreadable">What is wrong with items that are no run: one bad item keeps no other from its
/// turn.</param>
public sealed record WaitingRuns(IReadOnlyList<Run> Runs, IReadOnlyList<Exception> Unreadable);
