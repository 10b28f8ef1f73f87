using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core.Costs;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>What the runs of a time cost.</summary>
/// <param name="Jobs">The dearest first.</param>
/// <param name="Unreadable">Runs that cannot be read, and so are not in it.</param>
internal sealed record CostSum(
    DateTimeOffset Since, IReadOnlyList<JobCost> Jobs, bool HasSpot, IReadOnlyList<UnreadableRun> Unreadable)
{
    private const int PageSize = 1_000;
    private const int Parallelism = 16;

    public decimal Dollars => Jobs.Sum(job => job.Dollars);

    public int Runs => Jobs.Sum(job => job.Runs);

    /// <summary>Reads each run of the time once, and the attempts of those that did not succeed at the first.</summary>
    public static async Task<CostSum> ReadAsync(
        CliContext cli, IStack stack, IReadOnlyList<string> jobs, DateTimeOffset since, CancellationToken cancellation)
    {
        var now = cli.Clock.GetUtcNow();
        var costs = new List<(Run Run, RunCost Cost)>();
        var unreadable = new List<UnreadableRun>();
        HistoryCursor? next = null;
        do
        {
            var page = await stack.History.PageAsync(jobs, null, next, since, PageSize, cancellation);
            var batch = await RunBatch.ReadAsync(stack.History, page.Runs, cancellation);
            unreadable.AddRange(batch.Unreadable);
            foreach (var some in batch.Runs.Chunk(Parallelism))
            {
                var priced = await Task.WhenAll(some.Select(one => PriceAsync(stack, one.Run, now, cancellation)));
                costs.AddRange(priced.Where(one => one.Cost is not null).Select(one => (one.Run, one.Cost!)));
                unreadable.AddRange(priced.Select(one => one.Unreadable).OfType<UnreadableRun>());
            }

            next = page.Next;
            if (next is null) continue;
            cli.Note($"{Words.Count(costs.Count, "run")} so far, back to {Words.Time(next.At, cli.Zone)}");
        }
        while (next is not null);
        return new CostSum(
            since,
            [
                .. jobs.Select(job => JobCost.Of(job, [.. costs.Where(one => one.Run.Id.Job == job)]))
                    .OrderByDescending(sum => sum.Dollars),
            ],
            costs.Any(one => one.Cost.HasSpot),
            [.. unreadable.DistinctBy(run => run.Id)]);
    }

    private static async Task<(Run Run, RunCost? Cost, UnreadableRun? Unreadable)> PriceAsync(
        IStack stack, Run run, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            var isSingle = run is { State: RunState.Succeeded, Launch: <= 1 };
            var attempts = isSingle ? [] : await stack.Runs.AttemptsAsync(run.Id, cancellation);
            return (run, RunCost.Of(run, attempts, FargatePrices.UsEast1, now), null);
        }
        catch (FormatException e)
        {
            return (run, null, UnreadableRun.Of(run.Id, e));
        }
    }
}
