namespace Lapstack.Ports;

/// <summary>
/// CloudWatch's metrics: for the services that measure themselves, for logs that carry metrics, and for what decides by
/// them.
/// </summary>
public interface IMetrics
{
    /// <summary>Adds one value.</summary>
    /// <param name="at">When it was measured; the present time unless said.</param>
    void Add(MetricName metric, double value, DateTimeOffset? at = null);

    /// <summary>A statistic over a time, its beginning included and its end not; null without a value in it.</summary>
    /// <param name="statistic">Sum, Maximum, Minimum, Average or SampleCount.</param>
    double? Read(MetricName metric, string statistic, DateTimeOffset from, DateTimeOffset until);
}
