namespace Jobs.Worker.Csv;

/// <summary>As doubles: exact for whole numbers up to 2^53.</summary>
/// <param name="Mean">Null when the values are so large that no double holds it.</param>
/// <param name="StandardDeviation">Of the sample (n - 1); 0 for a single value. Null as for
/// <paramref name="Mean"/>.</param>
public sealed record NumberSummary(double Min, double Max, double? Mean, double? StandardDeviation);
