using Jobs.Emulator.Seams;

namespace Jobs.Emulator.Services.CloudWatch;

/// <summary>Values by the minute, for as long as any alarm can look back. Nothing of it outlives the process.</summary>
internal sealed class MetricStore(TimeProvider clock) : IMetrics
{
    /// <summary>An alarm looks back a day at most. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Namespace, string Metric, string Dimension), Queue<Value>> _values = [];

    public void Add(string metricNamespace, string metric, string dimension, double value)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var key = (metricNamespace, metric, dimension);
            if (!_values.TryGetValue(key, out var values)) values = _values[key] = new();
            values.Enqueue(new Value(now, value));
            while (values.Peek().At < now - Kept) values.Dequeue();
        }
    }

    /// <summary>The statistic over a time, its beginning included and its end not; null without a value in it.</summary>
    public double? Read(AlarmMetric metric, DateTimeOffset from, DateTimeOffset until)
    {
        double[] values;
        lock (_gate)
        {
            if (!_values.TryGetValue((metric.Namespace, metric.Name, metric.Dimension), out var all)) return null;
            values = [.. all.Where(value => value.At >= from && value.At < until).Select(value => value.Number)];
        }

        if (values.Length == 0) return null;
        return metric.Statistic switch
        {
            "Sum" => values.Sum(),
            "Maximum" => values.Max(),
            "Minimum" => values.Min(),
            "Average" => values.Average(),
            "SampleCount" => values.Length,
            _ => throw new InvalidOperationException($"Statistic {metric.Statistic} should have been refused when the alarm was made."),
        };
    }

    private readonly record struct Value(DateTimeOffset At, double Number);
}
