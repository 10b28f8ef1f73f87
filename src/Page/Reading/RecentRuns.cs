using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Page.Reading;

/// <summary>
/// The newest runs of a day. Only the first reading is of all of them: a later one reads what has come since, and what
/// was not over. Read by one at a time.
/// </summary>
internal sealed class RecentRuns
{
    /// <summary>Beyond it the older ones are left out, and that is said.</summary>
    public const int Most = 500;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The index of the history may be a moment behind.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RunId, Run> _runs = [];
    private DateTimeOffset? _newest;
    private bool _isCut;

    public async Task<RecentCounts> ReadAsync(IStack stack, DateTimeOffset now, CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        var since = _newest - Overlap ?? now - Day;
        var page = await stack.History.PageAsync(jobs, null, null, since, Most, cancellation);
        // More than a page has come since: what is known already is older than that page.
        if (page.Next is not null) _runs.Clear();
        _isCut |= page.Next is not null;
        var wanted = page.Runs.Where(id => !_runs.ContainsKey(id))
            .Concat(_runs.Values.Where(run => !run.IsOver).Select(run => run.Id))
            .Distinct();
        var read = await RunBatch.ReadAsync(stack.History, [.. wanted], cancellation);
        foreach (var reading in read.Runs) _runs[reading.Run.Id] = reading.Run;
        Forget(now);
        return Count(now);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var old in _runs.Values.Where(run => run.CreatedAt < now - Day).ToList()) _runs.Remove(old.Id);
        var rest = _runs.Values.OrderByDescending(run => run.CreatedAt).Skip(Most).ToList();
        foreach (var old in rest) _runs.Remove(old.Id);
        _isCut |= rest.Count > 0;
        if (_runs.Count > 0) _newest = _runs.Values.Max(run => run.CreatedAt);
    }

    private RecentCounts Count(DateTimeOffset now)
    {
        var oldest = _runs.Count > 0 ? _runs.Values.Min(run => run.CreatedAt) : now - Day;
        return new RecentCounts(
            ByJob(run => run.State is RunState.Failed or RunState.TimedOut),
            ByJob(run => run.IsOver),
            _isCut ? $"{Words.Span(now - oldest)}, the newest {_runs.Count} runs" : "24 h");
    }

    private Dictionary<string, int> ByJob(Func<Run, bool> takes) =>
        _runs.Values.Where(takes).GroupBy(run => run.Id.Job).ToDictionary(job => job.Key, job => job.Count());
}
