using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Pages;

/// <summary>A history whose pages come when the test says so.</summary>
internal sealed class SlowHistory(IRunHistory inner) : IRunHistory
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a page is asked for.</summary>
    public Task IsAsked => _asked.Task;

    public void Answer() => _answered.SetResult();

    public Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation) => inner.JobsAsync(cancellation);

    public async Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs,
        string? label,
        HistoryCursor? after,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellation)
    {
        _asked.TrySetResult();
        await _answered.Task.WaitAsync(cancellation);
        return await inner.PageAsync(jobs, label, after, since, limit, cancellation);
    }

    public Task<ActivePage> ActiveAsync(int limit, CancellationToken cancellation) =>
        inner.ActiveAsync(limit, cancellation);

    public Task<IReadOnlyList<RunReading>> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation) =>
        inner.ReadAsync(ids, cancellation);
}
