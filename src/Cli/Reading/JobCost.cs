using Jobs.Core.Costs;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>What the runs of a job cost.</summary>
/// <param name="Billed">Of all tasks together.</param>
/// <param name="FailedDollars">Of it for runs that did not succeed.</param>
internal sealed record JobCost(string Job, int Runs, TimeSpan Billed, decimal Dollars, decimal FailedDollars)
{
    public static JobCost Of(string job, IReadOnlyList<(Run Run, RunCost Cost)> costs) => new(
        job,
        costs.Count,
        TimeSpan.FromSeconds(costs.Sum(one => one.Cost.Billed.TotalSeconds)),
        costs.Sum(one => one.Cost.Dollars),
        costs.Where(one => one.Run.IsOver && one.Run.State != RunState.Succeeded).Sum(one => one.Cost.Dollars));
}
