using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>CloudWatch on the wire: reading metrics.</summary>
internal sealed class MetricOperations(MetricStore metrics)
{
    private const int MostDatapoints = 1440;

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html</summary>
    public Operation GetMetricStatistics(JsonCall call)
    {
        var input = call.Input;
        var metric = new MetricName(Required(input, "Namespace"), Required(input, "MetricName"), DimensionsOf(input));
        var period = TimeSpan.FromSeconds(input.Number("Period") ?? 0);
        if (period <= TimeSpan.Zero || period.TotalSeconds % 60 != 0) throw Invalid("The emulator's periods are whole minutes: give Period as a multiple of 60.");
        var statistics = input.Texts("Statistics") ?? [];
        if (statistics.Count == 0 || statistics.Any(s => !MetricStatistic.All.Contains(s)))
            throw Invalid($"Statistics must be some of {string.Join(", ", MetricStatistic.All)}.");
        var (from, until) = (Time(input, "StartTime"), Time(input, "EndTime"));
        if (from >= until) throw Invalid("The parameter StartTime must be less than the parameter EndTime.");
        if ((until - from) / period > MostDatapoints) throw Invalid($"You have requested more than {MostDatapoints} datapoints: ask for a shorter time or a longer Period.");
        return call.Answer(new AccessRequest("cloudwatch:GetMetricStatistics", "*"), () => new JsonObject
        {
            ["Label"] = metric.Name,
            ["Datapoints"] = new JsonArray([.. Datapoints(metric, statistics, from, until, period)]),
        });
    }

    public Operation ListMetrics(JsonCall call)
    {
        var (metricNamespace, name) = (call.Input.Text("Namespace"), call.Input.Text("MetricName"));
        return call.Answer(new AccessRequest("cloudwatch:ListMetrics", "*"), () => new JsonObject
        {
            ["Metrics"] = new JsonArray([.. metrics.Names
                .Where(m => (metricNamespace ?? m.Namespace) == m.Namespace && (name ?? m.Name) == m.Name)
                .Select(m => new JsonObject { ["Namespace"] = m.Namespace, ["MetricName"] = m.Name, ["Dimensions"] = Dimensions(m) })]),
        });
    }

    public static JsonArray Dimensions(MetricName metric) =>
        [.. metric.Dimensions.Select(d => new JsonObject { ["Name"] = d.Name, ["Value"] = d.Value })];

    private IEnumerable<JsonObject> Datapoints(MetricName metric, IReadOnlyList<string> statistics, DateTimeOffset from, DateTimeOffset until, TimeSpan period)
    {
        // Periods begin at full minutes, as CloudWatch rounds them.
        for (var start = new DateTimeOffset(from.Ticks - (from.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero); start < until; start += period)
        {
            var point = new JsonObject { ["Timestamp"] = start.ToUnixTimeSeconds(), ["Unit"] = "None" };
            foreach (var statistic in statistics)
                if (metrics.Read(metric, statistic, start, start + period) is { } value) point[statistic] = value;
            if (point.Count > 2) yield return point;
        }
    }

    private static IEnumerable<(string Name, string Value)> DimensionsOf(JsonObject input) =>
        input.Structures("Dimensions").Select(d => (d.Text("Name") ?? "", d.Text("Value") ?? ""));

    /// <summary>As the JSON protocol writes times: seconds since 1970.</summary>
    private static DateTimeOffset Time(JsonObject input, string name) => input[name] is JsonValue value && value.TryGetValue<double>(out var seconds)
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
        : throw Invalid($"{name} must be a time.");

    private static string Required(JsonObject input, string name) => input.Text(name) ?? throw Invalid($"The parameter {name} is required.");

    private static ServiceError Invalid(string message) => new("InvalidParameterValue", message);
}
