using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <summary>
/// What is to be done about runs, for all jobs of the stack at once. Read from indexes, so possibly a moment behind:
/// what is written on the strength of it is conditioned on the run's version as always.
/// </summary>
public interface IRunIndex
{
    /// <summary>Runs that are due to be looked at, most overdue first.</summary>
    /// <param name="after">Only those due at this time or later; null for all. A page goes on where the last one
    /// ended.</param>
    /// <param name="limit">Fewer are returned only when there are no more.</param>
    Task<IReadOnlyList<DueRun>> DueAsync(
        DateTimeOffset now, DateTimeOffset? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Runs that wait and may start by then, job by job, each job's in the order in which they should.
    /// </summary>
    /// <param name="limit">Runs of each job at most.</param>
    Task<WaitingRuns> WaitingAsync(DateTimeOffset by, int limit, CancellationToken cancellation);

    /// <summary>Those of one job.</summary>
    Task<WaitingRuns> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation);

    /// <summary>
    /// CPU units that runs use now, each with the launch that uses them, 1,024 to the vCPU. Only of stacks with a CPU
    /// budget.
    /// </summary>
    Task<IReadOnlyDictionary<LaunchId, int>> CpuInUseAsync(CancellationToken cancellation);
}
