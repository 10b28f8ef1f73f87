using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>CloudWatch on the wire: reading metrics.</summary>
internal sealed class MetricOperations(MetricStore metrics)
{
    private const int MostDatapoints = 1440;
    private const int LargestPage = 500;

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html</summary>
    public Operation GetMetricStatistics(JsonCall call)
    {
        var input = call.Input;
        var metric = new MetricName(Required(input, "Namespace"), Required(input, "MetricName"), DimensionsOf(input));
        var (from, until) = (Time(input, "StartTime"), Time(input, "EndTime"));
        if (from >= until) throw Invalid("The parameter StartTime must be less than the parameter EndTime.");
        var period = Period(input, from, until);
        if (input["ExtendedStatistics"] is not null)
        {
            throw ServiceError.Unsupported("monitoring", "GetMetricStatistics with ExtendedStatistics");
        }

        var statistics = (input.Texts("Statistics") ?? []).Select(Statistic).ToList();
        if (statistics.Count == 0)
        {
            throw Invalid($"Statistics must be some of {string.Join(", ", MetricStatistic.All)}.");
        }

        var unit = input.Text("Unit");
        return call.Answer(new AccessRequest("cloudwatch:GetMetricStatistics", "*"), () => new JsonObject
        {
            ["Label"] = metric.Name,
            ["Datapoints"] = new JsonArray([.. statistics
                .SelectMany(
                    statistic =>
                        metrics.Datapoints(metric, statistic, unit, from, until, period)
                            .Select(point => (statistic, point)))
                .GroupBy(one => one.point.At).OrderBy(point => point.Key)
                .Select(point => Datapoint(metric, point.Key, point.Select(one => (one.statistic, one.point.Value))))]),
        });
    }

    public Operation ListMetrics(JsonCall call)
    {
        var (metricNamespace, name) = (call.Input.Text("Namespace"), call.Input.Text("MetricName"));
        var dimensions = call.Input.Structures("Dimensions")
            .Select(d => (Name: d.Text("Name"), Value: d.Text("Value")))
            .ToList();
        return call.Answer(new AccessRequest("cloudwatch:ListMetrics", "*"), () => JsonPage.Of(
            "Metrics",
            metrics.Names.Where(m => (metricNamespace ?? m.Namespace) == m.Namespace && (name ?? m.Name) == m.Name
                    && dimensions.TrueForAll(
                        asked => m.Dimensions.Any(d => d.Name == asked.Name && (asked.Value ?? d.Value) == d.Value))),
            m =>
                new JsonObject { ["Namespace"] = m.Namespace, ["MetricName"] = m.Name, ["Dimensions"] = Dimensions(m) },
            LargestPage,
            call.Input.Text("NextToken"),
            Invalid("NextToken is not valid."),
            next: "NextToken"));
    }

    public static JsonArray Dimensions(MetricName metric) =>
        [.. metric.Dimensions.Select(d => new JsonObject { ["Name"] = d.Name, ["Value"] = d.Value })];

    public static IEnumerable<(string Name, string Value)> DimensionsOf(JsonObject input) =>
        input.Structures("Dimensions").Select(d => (d.Text("Name") ?? "", d.Text("Value") ?? ""));

    public static string Statistic(string asked) => MetricStatistic.All.Contains(asked)
        ? asked : throw Invalid($"Statistics must be some of {string.Join(", ", MetricStatistic.All)}.");

    public static TimeSpan Period(JsonObject input, DateTimeOffset from, DateTimeOffset until)
    {
        var period = TimeSpan.FromSeconds(input.Number("Period") ?? 0);
        if (period <= TimeSpan.Zero || period.TotalSeconds % 60 != 0)
        {
            throw Invalid("The emulator's periods are whole minutes: give Period as a multiple of 60.");
        }

        if ((until - from) / period > MostDatapoints)
        {
            throw Invalid(
                $"You have requested more than {MostDatapoints} datapoints: ask for a shorter time or a longer Period.");
        }

        return period;
    }

    /// <summary>As the JSON protocol writes times: seconds since 1970.</summary>
    public static DateTimeOffset Time(JsonObject input, string name) =>
        input[name] is JsonValue value && value.TryGetValue<double>(out var seconds)
            && EpochTime.OfSeconds(seconds) is { } time
        ? time
        : throw Invalid($"{name} must be a time.");

    public static string Required(JsonObject input, string name) =>
        input.Text(name) ?? throw Invalid($"The parameter {name} is required.");

    public static ServiceError Invalid(string message) => new("InvalidParameterValue", message);

    private JsonObject Datapoint(
        MetricName metric, DateTimeOffset at, IEnumerable<(string Statistic, double Value)> values)
    {
        var point = new JsonObject { ["Timestamp"] = at.ToUnixTimeSeconds(), ["Unit"] = metrics.UnitOf(metric) };
        foreach (var (statistic, value) in values) point[statistic] = value;
        return point;
    }
}
