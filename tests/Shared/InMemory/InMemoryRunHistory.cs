using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.InMemory;

/// <summary>Listings of the Runs table in memory.</summary>
/// <param name="jobs">Names of the jobs that were ever deployed.</param>
public sealed class InMemoryRunHistory(InMemoryRunStore store, IReadOnlyList<string> jobs) : IRunHistory
{
    public Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation) => Task.FromResult(jobs);

    public Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs,
        string? label,
        HistoryCursor? after,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellation)
    {
        var left = store.All
            .Where(run => jobs.Contains(run.Id.Job) && !(run.CreatedAt < since) && !IsBefore(run, after))
            .Where(run => label is null || run.Labels.Contains(label))
            .OrderByDescending(run => run.CreatedAt).ThenBy(run => run.Id.ToString(), StringComparer.Ordinal)
            .Select(run => (run.Id, At: run.CreatedAt))
            .ToList();
        var page = left.Take(limit).ToList();
        return Task.FromResult(
            new HistoryPage(
                [.. page.Select(one => one.Id)], left.Count > limit ? HistoryCursor.Behind(after, page) : null));
    }

    public Task<ActivePage> ActiveAsync(int limit, CancellationToken cancellation)
    {
        var active = store.All.Where(run => run.NextCheckAt is not null || run.TurnAt is not null)
            .Select(run => run.Id)
            .ToList();
        return Task.FromResult(new ActivePage([.. active.Take(limit)], active.Count <= limit));
    }

    public async Task<IReadOnlyList<RunReading>> ReadAsync(
        IReadOnlyCollection<RunId> ids, CancellationToken cancellation)
    {
        var readings = new List<RunReading>();
        foreach (var id in ids.Distinct())
        {
            if (await store.ReadAsync(id, cancellation) is { } reading) readings.Add(reading);
        }

        return readings;
    }

    private static bool IsBefore(Run run, HistoryCursor? after) =>
        after is not null && (run.CreatedAt > after.At || (run.CreatedAt == after.At && after.Shown.Contains(run.Id)));
}
