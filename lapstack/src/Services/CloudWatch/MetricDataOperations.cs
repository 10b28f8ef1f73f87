using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>CloudWatch on the wire: several metrics in one call, read and written.</summary>
internal sealed class MetricDataOperations(MetricStore metrics, TimeProvider clock)
{
    private const int MostQueries = 500;
    private const int MostMetrics = 1000;
    private const int MostValues = 150;

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</summary>
    public Operation GetMetricData(JsonCall call)
    {
        var input = call.Input;
        var (from, until) = (MetricOperations.Time(input, "StartTime"), MetricOperations.Time(input, "EndTime"));
        if (from >= until) throw Invalid("The parameter StartTime must be less than the parameter EndTime.");
        if (input["MaxDatapoints"] is not null || input["LabelOptions"] is not null)
        {
            throw Unsupported("GetMetricData with MaxDatapoints or LabelOptions");
        }

        var queries = input.Structures("MetricDataQueries");
        if (queries.Count is 0 or > MostQueries)
        {
            throw Invalid($"MetricDataQueries must have 1 to {MostQueries} members, and has {queries.Count}.");
        }

        var ascending = input.Text("ScanBy") == "TimestampAscending";
        var reads = queries.Where(query => query.Flag("ReturnData", otherwise: true))
            .Select(query => ReadQuery(query, from, until, ascending))
            .ToList();
        return call.Answer(new AccessRequest("cloudwatch:GetMetricData", "*"), () => new JsonObject
        {
            ["MetricDataResults"] = new JsonArray([.. reads.Select(read => read())]),
            ["Messages"] = new JsonArray(),
        });
    }

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html</summary>
    public Operation PutMetricData(JsonCall call)
    {
        var space = Required(call.Input, "Namespace");
        if (space.StartsWith("AWS/", StringComparison.Ordinal))
        {
            throw Invalid(
                $"The value {space} for parameter Namespace is invalid: AWS keeps names that begin with AWS/ for " +
                "itself.");
        }

        if (call.Input["EntityMetricData"] is not null) throw Unsupported("PutMetricData with EntityMetricData");
        var data = call.Input.Structures("MetricData");
        if (data.Count is 0 or > MostMetrics)
        {
            throw Invalid($"MetricData must have 1 to {MostMetrics} members, and has {data.Count}.");
        }

        var values = data.SelectMany(datum => ReadDatum(space, datum)).ToList();
        var access = new AccessRequest(
            "cloudwatch:PutMetricData", "*", new Dictionary<string, string[]> { ["cloudwatch:namespace"] = [space] });
        return call.Answer(access, () =>
        {
            foreach (var (metric, value, at, unit) in values) metrics.Add(metric, value, at, unit);
            return [];
        });
    }

    private Func<JsonObject> ReadQuery(JsonObject query, DateTimeOffset from, DateTimeOffset until, bool ascending)
    {
        if (query["Expression"] is not null) throw Unsupported("GetMetricData with an Expression");
        var stat = query.Structure("MetricStat");
        var asked = stat.Structure("Metric");
        var metric = new MetricName(
            Required(asked, "Namespace"), Required(asked, "MetricName"), MetricOperations.DimensionsOf(asked));
        var (id, label, unit) = (Required(query, "Id"), query.Text("Label") ?? metric.Name, stat.Text("Unit"));
        var statistic = MetricOperations.Statistic(Required(stat, "Stat"));
        var period = MetricOperations.Period(stat, from, until);
        return () =>
        {
            var points = metrics.Datapoints(metric, statistic, unit, from, until, period);
            if (!ascending) points = points.Reverse();
            var all = points.ToList();
            return new JsonObject
            {
                ["Id"] = id,
                ["Label"] = label,
                ["Timestamps"] = new JsonArray(
                    [.. all.Select(point => JsonValue.Create(point.At.ToUnixTimeSeconds()))]),
                ["Values"] = new JsonArray([.. all.Select(point => JsonValue.Create(point.Value))]),
                ["StatusCode"] = "Complete",
            };
        };
    }

    private List<(
        MetricName Metric, double Value, DateTimeOffset At, string? Unit)> ReadDatum(string space, JsonObject datum)
    {
        if (datum["StatisticValues"] is not null) throw Unsupported("PutMetricData of StatisticValues");
        if (datum.Number("StorageResolution") is not (null or 60))
        {
            throw Unsupported("PutMetricData with a StorageResolution under a minute");
        }

        var metric = new MetricName(space, Required(datum, "MetricName"), MetricOperations.DimensionsOf(datum));
        var now = clock.GetUtcNow();
        var at = datum["Timestamp"] is null ? now : MetricOperations.Time(datum, "Timestamp");
        if (at < now - MetricStore.Kept || at > now + TimeSpan.FromHours(2))
            throw Invalid("The emulator takes a Timestamp of the last day or the next two hours.");
        return Values(datum).Select(value => (metric, value, at, datum.Text("Unit"))).ToList();
    }

    /// <summary>One Value, or Values each as often as Counts says.</summary>
    private static IEnumerable<double> Values(JsonObject datum)
    {
        if (datum["Value"] is { } value) return [Double(value, "Value")];
        var values = (datum["Values"] as JsonArray ?? []).Select(each => Double(each, "Values")).ToList();
        var counts = (datum["Counts"] as JsonArray)?.Select(each => Double(each, "Counts")).ToList()
            ?? [.. values.Select(_ => 1.0)];
        if (values.Count is 0 or > MostValues
            || counts.Count != values.Count
            || counts.Exists(count => count is < 1 or > 10_000))
            throw Invalid(
                $"A metric must have a Value, or 1 to {MostValues} Values with as many Counts of 1 to 10,000 each.");
        return values.Zip(counts).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second));
    }

    private static double Double(JsonNode? node, string name) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? value.Deserialize<double>() : throw Invalid($"{name} must be a number.");

    private static string Required(JsonObject input, string name) => MetricOperations.Required(input, name);

    private static ServiceError Invalid(string message) => MetricOperations.Invalid(message);

    private static ServiceError Unsupported(string operation) => ServiceError.Unsupported("monitoring", operation);
}
