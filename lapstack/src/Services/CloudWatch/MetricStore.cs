using Lapstack.Ports;

namespace Lapstack.Services.CloudWatch;

/// <summary>Values, for as long as any alarm can look back. Nothing of it outlives the process.</summary>
internal sealed class MetricStore(TimeProvider clock) : IMetrics
{
    /// <summary>
    /// An alarm looks back a day at most.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    /// </summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<MetricName, Queue<Value>> _values = [];
    private readonly Dictionary<MetricName, string> _units = [];

    /// <summary>Every metric with a value.</summary>
    public IReadOnlyList<MetricName> Names
    {
        get
        {
            lock (_gate) return [.. _values.Keys.OrderBy(name => name.ToString(), StringComparer.Ordinal)];
        }
    }

    public void Add(MetricName metric, double value, DateTimeOffset? at = null) => Add(metric, value, at, null);

    /// <param name="unit">As the measuring caller says it; null where it says none.</param>
    public void Add(MetricName metric, double value, DateTimeOffset? at, string? unit)
    {
        var now = clock.GetUtcNow();
        if (at < now - Kept) return;
        lock (_gate)
        {
            if (!_values.TryGetValue(metric, out var values)) values = _values[metric] = new();
            if (unit is not null) _units[metric] = unit;
            values.Enqueue(new Value(at ?? now, value));
            while (values.Peek().At < now - Kept) values.Dequeue();
        }
    }

    /// <summary>The newest that was said of it.</summary>
    public string UnitOf(MetricName metric)
    {
        lock (_gate) return _units.GetValueOrDefault(metric, "None");
    }

    /// <summary>One for each period with a value; periods begin at full minutes, as CloudWatch rounds them.</summary>
    /// <param name="unit">Null for any; a metric has nothing in a unit that is not its own.</param>
    public IEnumerable<(DateTimeOffset At, double Value)> Datapoints(
        MetricName metric, string statistic, string? unit, DateTimeOffset from, DateTimeOffset until, TimeSpan period)
    {
        if (unit is not null && unit != UnitOf(metric)) yield break;
        for (var start = new DateTimeOffset(
            from.Ticks - (from.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero); start < until; start += period)
            if (Read(metric, statistic, start, start + period) is { } value) yield return (start, value);
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
