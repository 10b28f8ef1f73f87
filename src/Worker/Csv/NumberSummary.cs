namespace Jobs.Worker.Csv;

/// <summary>As doubles: exact for whole numbers up to 2^53.</summary>
/// <param name="StandardDeviation">Of the sample (n - 1); 0 for a single value.</param>
public sealed record NumberSummary(double Min, double Max, double Mean, double StandardDeviation);
