namespace Lapstack.Services.CloudWatch;

/// <summary>The statistics CloudWatch has, but for percentiles.</summary>
internal static class MetricStatistic
{
    public static readonly IReadOnlyList<string> All = ["Sum", "Maximum", "Minimum", "Average", "SampleCount"];

    /// <param name="values">One or more.</param>
    public static double Of(string statistic, IReadOnlyList<double> values) => statistic switch
    {
        "Sum" => values.Sum(),
        "Maximum" => values.Max(),
        "Minimum" => values.Min(),
        "Average" => values.Average(),
        "SampleCount" => values.Count,
        _ =>
            throw new InvalidOperationException(
                $"Statistic {statistic} should have been refused when it was asked for."),
    };
}
