using Jobs.Cli.Reading;
using Jobs.Core.Costs;

namespace Jobs.Cli.Shapes;

/// <param name="Dollars">US dollars for Fargate, all jobs together.</param>
/// <param name="PricesOf">Region whose prices these are.</param>
/// <param name="IsEstimate">Part of it ran on Spot, whose price varies.</param>
/// <param name="Jobs">The dearest first.</param>
/// <param name="Unreadable">Runs that cannot be read, and so are not in it.</param>
internal sealed record CostSumShape(
    DateTimeOffset Since,
    decimal Dollars,
    int Runs,
    string PricesOf,
    bool IsEstimate,
    IReadOnlyList<JobCostShape> Jobs,
    IReadOnlyList<UnreadableShape> Unreadable)
{
    public static CostSumShape Of(CostSum sum) => new(
        sum.Since,
        sum.Dollars,
        sum.Runs,
        FargatePrices.UsEast1.Region,
        sum.HasSpot,
        [.. sum.Jobs.Select(JobCostShape.Of)],
        UnreadableShape.Of(sum.Unreadable));
}

/// <param name="FailedDollars">Of it for runs that did not succeed.</param>
internal sealed record JobCostShape(string Job, int Runs, double BilledSeconds, decimal Dollars, decimal FailedDollars)
{
    public static JobCostShape Of(JobCost job) =>
        new(job.Job, job.Runs, job.Billed.TotalSeconds, job.Dollars, job.FailedDollars);
}
