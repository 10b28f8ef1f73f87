using Jobs.Cli.Output;
using Jobs.Cli.Shapes;
using Jobs.Cli.Stacks;
using Jobs.Core.Costs;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Commands;

/// <summary>Adds up what runs cost. It reads each run of the time once, and the attempts of those that did not succeed at the first.</summary>
internal sealed class CostSum(CliContext cli, IStack stack, DateTimeOffset since)
{
    private const int PageSize = 1_000;
    private const int Parallelism = 16;

    private readonly DateTimeOffset _now = cli.Clock.GetUtcNow();

    public async Task<CostSumShape> OfAsync(IReadOnlyList<string> jobs, CancellationToken cancellation)
    {
        var costs = new List<(RunId Run, RunCost Cost, bool HasFailed)>();
        var unreadable = new List<UnreadableRun>();
        HistoryCursor? next = null;
        do
        {
            var page = await stack.History.PageAsync(jobs, null, next, since, PageSize, cancellation);
            var readings = await Readings.ReadAsync(stack.History, page.Runs, cancellation);
            costs.AddRange(await PriceAsync(readings.Runs, cancellation));
            unreadable.AddRange(readings.Unreadable);
            next = page.Next;
            if (next is not null) cli.Note($"{Words.Count(costs.Count, "run")} so far, back to {Words.Time(next.At, cli.Zone)}");
        }
        while (next is not null);
        var byJob = jobs.Select(job => Sum(job, [.. costs.Where(one => one.Run.Job == job)])).OrderByDescending(sum => sum.Dollars).ToList();
        return new CostSumShape(
            since, byJob.Sum(job => job.Dollars), byJob
                .Sum(job => job.Runs), FargatePrices.UsEast1.Region, costs
                .Any(one => one.Cost.HasSpot), byJob, UnreadableShape
                .Of(unreadable));
    }

    private async Task<IReadOnlyList<(RunId Run, RunCost Cost, bool HasFailed)>> PriceAsync(IReadOnlyList<RunReading> readings, CancellationToken cancellation)
    {
        var priced = new List<(RunId, RunCost, bool)>();
        foreach (var batch in readings.Chunk(Parallelism))
        {
            priced.AddRange(await Task.WhenAll(batch.Select(async reading =>
            {
                var run = reading.Run;
                var attempts = run is { State: RunState.Succeeded, Launch: <= 1 } ? [] : await stack.Runs.AttemptsAsync(run.Id, cancellation);
                return (run.Id, RunCost.Of(run, attempts, FargatePrices.UsEast1, _now), run.IsOver && run.State != RunState.Succeeded);
            })));
        }

        return priced;
    }

    private static JobCostShape Sum(string job, IReadOnlyList<(RunId Run, RunCost Cost, bool HasFailed)> costs) => new(
        job,
        costs.Count,
        costs.Sum(one => one.Cost.Billed.TotalSeconds),
        costs.Sum(one => one.Cost.Dollars),
        costs.Where(one => one.HasFailed).Sum(one => one.Cost.Dollars));
}
