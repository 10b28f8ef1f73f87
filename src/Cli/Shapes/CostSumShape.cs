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
    IReadOnlyList<UnreadableShape> Unreadable);
