using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Cli;

/// <summary>A history of which some runs cannot be read.</summary>
internal sealed class BrokenHistory(IRunHistory inner, params IReadOnlyCollection<RunId> unreadable) : IRunHistory
{
    /// <summary>False when no page may be asked for.</summary>
    public bool Pages { get; init; } = true;

    public Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation) => inner.JobsAsync(cancellation);

    public Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs,
        string? label,
        HistoryCursor? after,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellation) =>
        Pages
            ? inner.PageAsync(jobs, label, after, since, limit, cancellation)
            : throw new InvalidOperationException("A query between a time and an earlier one.");

    public Task<ActivePage> ActiveAsync(int limit, CancellationToken cancellation) =>
        inner.ActiveAsync(limit, cancellation);

    public Task<IReadOnlyList<RunReading>> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation)
    {
        Check(ids);
        return inner.ReadAsync(ids, cancellation);
    }

    private void Check(IEnumerable<RunId> ids)
    {
        foreach (var id in ids.Intersect(unreadable))
        {
            throw new UnreadableRunException(
                id, "Requested value 'Paused' was not found.", new ArgumentException("Paused"));
        }
    }
}
