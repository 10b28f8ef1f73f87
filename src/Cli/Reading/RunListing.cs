using Jobs.Cli.Ports;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>A page of runs.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="Next">Where to go on; null when there is no more.</param>
/// <param name="Unreadable">
/// Those met on the way that cannot be read, whatever the filter: whether it takes them is not known.
/// </param>
internal sealed record RunListing(
    IReadOnlyList<RunReading> Runs, HistoryCursor? Next, IReadOnlyList<UnreadableRun> Unreadable)
{
    /// <summary>
    /// Pages of the history read for one page of a filter: what few runs match is not looked for through all of it at
    /// once.
    /// </summary>
    private const int MaxPages = 10;

    /// <summary>A filter by state or error throws most runs away, so more are read at once.</summary>
    private const int FilteredPage = 200;

    public static Task<RunListing> ReadAsync(IStack stack, RunFilter filter, CancellationToken cancellation) =>
        filter switch
        {
            { Key: { } key } => ReadKeyAsync(stack, filter, key, cancellation),
            { IsActiveOnly: true } => ReadActiveAsync(stack, filter, cancellation),
            _ => ReadHistoryAsync(stack, filter, cancellation),
        };

    private static async Task<RunListing> ReadKeyAsync(
        IStack stack, RunFilter filter, string key, CancellationToken cancellation)
    {
        var batch = await KeyRuns.ReadAsync(stack, filter.Jobs, key, filter.Bucket, cancellation);
        return new RunListing(Newest(batch.Runs, filter), null, batch.Unreadable);
    }

    private static async Task<RunListing> ReadHistoryAsync(
        IStack stack, RunFilter filter, CancellationToken cancellation)
    {
        if (filter.EndsBefore) return new RunListing([], null, []);
        var size = filter.IsNarrow ? Math.Max(filter.Limit, FilteredPage) : filter.Limit;
        var found = new List<RunReading>();
        var unreadable = new List<UnreadableRun>();
        var next = filter.After;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await stack.History.PageAsync(filter.Jobs, filter.Label, next, filter.Since, size, cancellation);
            var readings = await RunBatch.ReadAsync(stack.History, page.Runs, cancellation);
            found.AddRange(readings.Runs.Where(filter.Takes));
            unreadable.AddRange(readings.Unreadable);
            if (found.Count > filter.Limit) return Cut(found, unreadable, filter, next);
            next = page.Next;
            if (next is null || found.Count == filter.Limit) break;
        }

        return new RunListing(found, next, unreadable);
    }

    /// <summary>More were found than wanted: the next page begins behind the last one shown.</summary>
    private static RunListing Cut(
        List<RunReading> found, List<UnreadableRun> unreadable, RunFilter filter, HistoryCursor? before)
    {
        var shown = found.Take(filter.Limit).ToList();
        return new RunListing(
            shown,
            HistoryCursor.Behind(before, [.. shown.Select(reading => (reading.Run.Id, reading.Run.CreatedAt))]),
            unreadable);
    }

    private static async Task<RunListing> ReadActiveAsync(
        IStack stack, RunFilter filter, CancellationToken cancellation)
    {
        var active = await ActiveRuns.ReadAsync(stack.History, filter.Jobs, cancellation);
        var underWay = active.Readings.Where(reading => !reading.Run.IsOver);
        return new RunListing(Newest(underWay, filter), null, active.Unreadable);
    }

    private static IReadOnlyList<RunReading> Newest(IEnumerable<RunReading> readings, RunFilter filter) =>
    [
        .. readings.Where(reading => !(reading.Run.CreatedAt < filter.Since)).Where(filter.Takes)
            .OrderByDescending(reading => reading.Run.CreatedAt)
            .ThenBy(reading => reading.Run.Id.ToString(), StringComparer.Ordinal)
            .Take(filter.Limit),
    ];
}
