using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core.Ids;
using Jobs.Core.Replays;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>
/// Looks at what a replay is about, without starting anything, by the very pages that the stack would read: how much
/// there is, how much of it has run already, and the first of it.
/// </summary>
/// <param name="force">What has run already runs again, so it is not looked for.</param>
internal sealed class ReplayPlan(IStack stack, TimeProvider clock, bool force)
{
    private const int Shown = 20;
    private const int PageSize = 1_000;

    /// <summary>Runs counted at most: the stack itself has no such limit.</summary>
    private const int MaxCounted = 20_000;

    /// <summary>Dead letters looked into: each look hides them for a moment.</summary>
    private const int MaxLetters = 200;

    private readonly List<ReplayFinding> _items = [];
    private int _count;
    private int _ran;
    private int _messages;

    /// <summary>What there is.</summary>
    /// <exception cref="CliException">There is no such thing in this stack.</exception>
    public async Task<ReplayFindings> OfAsync(ReplaySource source, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        Rejected.AsFailed(() => ReplayIntake.Check(source, catalog, clock));
        var sources = new ReplaySources(catalog, stack.Uploads, stack.Schedules, stack.History, stack.Runs);
        string? position = null;
        do
        {
            var page = await sources.ReadAsync(source, position, PageSize, cancellation);
            await AddAsync(
                [.. page.Items.SelectMany(item => item.Runs.Select(run => (item.What, (RunId?)run.Id)))], cancellation);
            Add(page.Items);
            position = page.Next;
        }
        while (position is not null && _count < MaxCounted);
        return new ReplayFindings(_count, _ran, position is null, _items) { Messages = _messages };
    }

    /// <summary>What a dead-letter queue has.</summary>
    /// <exception cref="CliException">Its messages belong to no single queue.</exception>
    public async Task<ReplayFindings> OfDeadLettersAsync(string queue, CancellationToken cancellation)
    {
        QueueNames.RequireOrigin(queue, stack);
        var depth = await stack.Queues.DepthAsync(queue, deadLetters: true, cancellation);
        if (depth.Total == 0) return new ReplayFindings(0, 0, IsComplete: true, []);
        var catalog = await stack.CatalogAsync(cancellation);
        var letters = await stack.Queues.PeekAsync(queue, MaxLetters, cancellation);
        await AddAsync(
            [.. letters.Select(letter => (letter.Reason ?? letter.Body, DeadLetterRun.Of(letter.Body, catalog)))],
            cancellation);
        return new ReplayFindings(Math.Max(depth.Total, _count), _ran, depth.Total <= _count, _items);
    }

    private void Add(IReadOnlyList<ReplayItem> items)
    {
        foreach (var item in items)
        {
            foreach (var upload in item.Messages)
            {
                _count++;
                _messages++;
                if (_items.Count < Shown) _items.Add(new ReplayFinding(item.What, upload.Job, null, IsMessage: true));
            }
        }
    }

    private async Task AddAsync(IReadOnlyList<(string What, RunId? Run)> found, CancellationToken cancellation)
    {
        var readings = force
            ? new RunBatch([], [])
            : await RunBatch.ReadAsync(
                stack.History, [.. found.Select(one => one.Run).OfType<RunId>().Distinct()], cancellation);
        var ran = readings.Runs.ToDictionary(reading => reading.Run.Id);
        foreach (var (what, run) in found)
        {
            var before = run is { } id ? ran.GetValueOrDefault(id) : null;
            _count++;
            if (before is not null) _ran++;
            if (_items.Count < Shown) _items.Add(new ReplayFinding(what, run?.Job, before));
        }
    }
}
