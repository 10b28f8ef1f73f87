using Jobs.Core.Costs;

namespace Jobs.Cli.Shapes;

/// <param name="Dollars">US dollars for Fargate.</param>
/// <param name="BilledSeconds">Of all tasks together.</param>
/// <param name="PricesOf">Region whose prices these are.</param>
/// <param name="IsEstimate">Part of it ran on Spot, whose price varies.</param>
internal sealed record CostShape(decimal Dollars, double BilledSeconds, string PricesOf, bool IsEstimate)
{
    public static CostShape Of(RunCost cost) =>
        new(Math.Round(cost.Dollars, 6), cost.Billed.TotalSeconds, cost.Region, cost.HasSpot);
}
