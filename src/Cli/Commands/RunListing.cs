using Jobs.Cli.Stacks;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>A page of runs.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="Next">Where to go on; null when there is no more.</param>
internal sealed record RunListing(IReadOnlyList<RunReading> Runs, HistoryCursor? Next)
{
    /// <summary>Pages of the history read for one page of a filter: what few runs match is not looked for through all of it at once.</summary>
    private const int MaxPages = 10;

    /// <summary>A filter by state throws most runs away, so more are read at once.</summary>
    private const int FilteredPage = 200;

    /// <summary>The most that is read of each partition of the active index.</summary>
    private const int ActivePerPartition = 200;

    public static Task<RunListing> ReadAsync(IStack stack, RunFilter filter, CancellationToken cancellation) =>
        filter.IsActiveOnly ? ReadActiveAsync(stack, filter, cancellation) : ReadHistoryAsync(stack, filter, cancellation);

    private static async Task<RunListing> ReadHistoryAsync(IStack stack, RunFilter filter, CancellationToken cancellation)
    {
        var size = filter.States.Count == 0 ? filter.Limit : Math.Max(filter.Limit, FilteredPage);
        var found = new List<RunReading>();
        var next = filter.After;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await stack.History.PageAsync(filter.Jobs, next, filter.Since, size, cancellation);
            var readings = await stack.History.ReadAsync(page.Runs, cancellation);
            found.AddRange(readings.Where(filter.Takes));
            if (found.Count > filter.Limit) return Cut(found, filter, next);
            next = page.Next;
            if (next is null || found.Count == filter.Limit) break;
        }

        return new RunListing(found, next);
    }

    /// <summary>More were found than wanted: the next page begins behind the last one shown.</summary>
    private static RunListing Cut(List<RunReading> found, RunFilter filter, HistoryCursor? before)
    {
        var shown = found.Take(filter.Limit).ToList();
        return new RunListing(shown, HistoryCursor.Behind(before, [.. shown.Select(reading => (reading.Run.Id, reading.Run.CreatedAt))]));
    }

    private static async Task<RunListing> ReadActiveAsync(IStack stack, RunFilter filter, CancellationToken cancellation)
    {
        var pages = await Task.WhenAll(filter.Jobs.Select(job => stack.History.ActiveAsync(job, ActivePerPartition, cancellation)));
        var newest = pages.SelectMany(page => page.Runs)
            .Where(run => !run.IsOver && !(run.CreatedAt < filter.Since))
            .OrderByDescending(run => run.CreatedAt).ThenBy(run => run.Id.ToString(), StringComparer.Ordinal)
            .Select(run => run.Id);
        var readings = await stack.History.ReadAsync([.. newest.Take(Math.Max(filter.Limit, FilteredPage))], cancellation);
        return new RunListing([.. readings.Where(filter.Takes).Take(filter.Limit)], null);
    }
}
