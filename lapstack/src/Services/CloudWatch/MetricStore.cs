using Lapstack.Ports;

namespace Lapstack.Services.CloudWatch;

/// <summary>Values, for as long as any alarm can look back. Nothing of it outlives the process.</summary>
internal sealed class MetricStore(TimeProvider clock) : IMetrics
{
    /// <summary>An alarm looks back a day at most. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<MetricName, Queue<Value>> _values = [];

    /// <summary>Every metric with a value.</summary>
    public IReadOnlyList<MetricName> Names
    {
        get
        {
            lock (_gate) return [.. _values.Keys.OrderBy(name => name.ToString(), StringComparer.Ordinal)];
        }
    }

    public void Add(MetricName metric, double value, DateTimeOffset? at = null)
    {
        var now = clock.GetUtcNow();
        if (at < now - Kept) return;
        lock (_gate)
        {
            if (!_values.TryGetValue(metric, out var values)) values = _values[metric] = new();
            values.Enqueue(new Value(at ?? now, value));
            while (values.Peek().At < now - Kept) values.Dequeue();
        }
    }

    public double? Read(MetricName metric, string statistic, DateTimeOffset from, DateTimeOffset until)
    {
        double[] values;
        lock (_gate)
        {
            if (!_values.TryGetValue(metric, out var all)) return null;
            values = [.. all.Where(value => value.At >= from && value.At < until).Select(value => value.Number)];
        }
        return values.Length == 0 ? null : MetricStatistic.Of(statistic, values);
    }

    private readonly record struct Value(DateTimeOffset At, double Number);
}
