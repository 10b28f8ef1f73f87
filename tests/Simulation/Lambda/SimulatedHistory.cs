using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The history index, which may be a moment behind, as one process reaches it. Its pages are small.</summary>
internal sealed class SimulatedHistory(Process process) : IRunHistory
{
    private const int LargestPage = 3;

    private static readonly TimeSpan WorstLag = TimeSpan.FromSeconds(30);

    private readonly SimulatedWorld _world = process.World;

    public Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation) =>
        process.CallAsync<IReadOnlyList<string>>(
            "Jobs", () => [.. SimulatedJobs.All.Select(job => job.Name)], cancellation);

    public Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs,
        string? label,
        HistoryCursor? after,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellation) =>
        label is not null
            ? throw new NotSupportedException("Only people search by labels.")
            : process.CallAsync("History", () => Page(jobs, after, since, Math.Min(limit, LargestPage)), cancellation);

    public Task<ActivePage> ActiveAsync(int limit, CancellationToken cancellation) =>
        throw new NotSupportedException("Only people ask for the runs under way.");

    public Task<IReadOnlyList<RunReading>> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation) =>
        process.CallAsync<IReadOnlyList<RunReading>>("ReadOfHistory", () =>
        [
            .. from id in ids.Distinct()
               let run = _world.Runs.Find(id)
               where run is not null
               select new RunReading(run, _world.Results.Find(id)),
        ], cancellation);

    private HistoryPage Page(IReadOnlyCollection<string> jobs, HistoryCursor? after, DateTimeOffset? since, int limit)
    {
        var shown = _world.Happens(FaultKind.StaleHistory)
            ? _world.Loop.Now - _world.Chance.Spread(TimeSpan.FromSeconds(0.1), WorstLag)
            : _world.Loop.Now;
        var left = _world.Runs.All.Values
            .Where(run => jobs.Contains(run.Id.Job) && run.CreatedAt <= shown && !(run.CreatedAt < since)
                && !IsBefore(run, after))
            .Select(run => (run.Id, At: TimeOf(run)))
            .OrderByDescending(run => run.At).ThenBy(run => run.Id.ToString(), StringComparer.Ordinal)
            .ToList();
        var page = left.Take(limit).ToList();
        return new HistoryPage([.. page.Select(one => one.Id)], left.Count > limit ? HistoryCursor.Behind(after, page)
            : null);
    }

    private static bool IsBefore(Run run, HistoryCursor? after) =>
        after is not null && (TimeOf(run) > after.At || (TimeOf(run) == after.At && after.Shown.Contains(run.Id)));

    /// <summary>As the item has it, to the millisecond.</summary>
    private static DateTimeOffset TimeOf(Run run) =>
        DateTimeOffset.FromUnixTimeMilliseconds(run.CreatedAt.ToUnixTimeMilliseconds());
}
