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

    /// <summary>Runs that are read; of more only these are shown.</summary>
    private const int MaxActive = 2_000;

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
        var page = await stack.History.ActiveAsync(MaxActive, cancellation);
        var found = await stack.History.ReadAsync([.. page.Runs.Where(run => filter.Jobs.Contains(run.Job))], cancellation);
        var readings = found
            .Where(reading => !reading.Run.IsOver && !(reading.Run.CreatedAt < filter.Since))
            .OrderByDescending(reading => reading.Run.CreatedAt).ThenBy(reading => reading.Run.Id.ToString(), StringComparer.Ordinal);
        return new RunListing([.. readings.Where(filter.Takes).Take(filter.Limit)], null);
    }
}
