namespace Jobs.Cli.Shapes;

/// <param name="FailedDollars">Of it for runs that did not succeed.</param>
internal sealed record JobCostShape(string Job, int Runs, double BilledSeconds, decimal Dollars, decimal FailedDollars);
