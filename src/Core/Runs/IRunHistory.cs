using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <summary>
/// The Runs table as people list it. Every listing comes from an index, a query for each job and shard and never a
/// scan, so it may be a moment behind; what is shown of a run is read from the run itself.
/// </summary>
public interface IRunHistory
{
    /// <summary>The names of all jobs that were ever deployed; none before the first sweep.</summary>
    Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation);

    /// <summary>A page of the runs of these jobs, newest first: one query for each job and shard.</summary>
    /// <param name="label">Only runs that have it, as <c>team=billing</c>, which the index knows; null for all.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="since">Runs asked for before this are not listed; null for all.</param>
    /// <param name="limit">Runs on the page, 1 to 1,000.</param>
    Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs,
        string? label,
        HistoryCursor? after,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellation);

    /// <summary>The runs of the stack that are not over or still owe something, in no order.</summary>
    /// <param name="limit">At most about so many.</param>
    Task<ActivePage> ActiveAsync(int limit, CancellationToken cancellation);

    /// <summary>
    /// These runs with what their workers recorded, in this order and in as few calls as there can be; those that do
    /// not exist are left out.
    /// </summary>
    Task<IReadOnlyList<RunReading>> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation);
}
