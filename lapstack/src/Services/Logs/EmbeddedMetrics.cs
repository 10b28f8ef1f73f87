using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Logs;

/// <summary>
/// Reads the metrics a log line carries in the embedded metric format.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
internal static class EmbeddedMetrics
{
    private const int MostDimensions = 30;
    private const int MostMetrics = 100;
    private const int MostValues = 100;

    /// <returns>Every value, once for each set of dimensions; empty for a line that carries none.</returns>
    /// <exception cref="FormatException">The line means to carry metrics and breaks a rule of the format.</exception>
    public static IReadOnlyList<(MetricName Metric, double Value, DateTimeOffset At)> Read(string line)
    {
        if (!line.StartsWith('{')
            || !line.Contains("\"_aws\"", StringComparison.Ordinal)
            || ForeignJson.Object(line) is not { } root
            || root["_aws"] is not JsonObject metadata)
        {
            return [];
        }

        if (metadata["CloudWatchMetrics"] is not { } directives) return [];
        if (metadata["Timestamp"] is not JsonValue stamp || !stamp.TryGetValue<long>(out var milliseconds)
            || EpochTime.OfMilliseconds(milliseconds) is not { } at)
            throw new FormatException("_aws.Timestamp must be a whole number of milliseconds since 1970");
        return [.. Array(directives, "_aws.CloudWatchMetrics")
            .SelectMany(
                d => Read(root, d as JsonObject ?? throw new FormatException("a metric directive must be an object")))
            .Select(m => (m.Metric, m.Value, at))];
    }

    private static IEnumerable<(MetricName Metric, double Value)> Read(JsonObject root, JsonObject directive)
    {
        var metricNamespace = Text(directive, "Namespace");
        var sets = Array(directive["Dimensions"] ?? new JsonArray(new JsonArray()), "Dimensions")
            .Select(set => Dimensions(root, set))
            .ToList();
        var metrics = Array(directive["Metrics"], "Metrics");
        if (metrics.Count > MostMetrics)
        {
            throw new FormatException($"a directive has at most {MostMetrics} metrics, not {metrics.Count}");
        }

        return
            from metric in metrics
            let name = Text(
                metric as JsonObject ?? throw new FormatException("a metric must be an object with a Name"), "Name")
            from value in Values(root, name)
            from set in sets
            select (new MetricName(metricNamespace, name, set), value);
    }

    private static List<(string Name, string Value)> Dimensions(JsonObject root, JsonNode? set)
    {
        var names = Array(set, "a set of Dimensions").Select(n => n?.ToString() ?? "").ToList();
        if (names.Count > MostDimensions)
        {
            throw new FormatException($"a set has at most {MostDimensions} dimensions, not {names.Count}");
        }

        return [.. names.Select(name =>
            (name, root[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw new FormatException($"the dimension '{name}' must be a member with a string")))];
    }

    private static List<double> Values(JsonObject root, string name)
    {
        var values = root[name] is JsonArray many ? [.. many] : new List<JsonNode?> { root[name] };
        if (values.Count > MostValues)
        {
            throw new FormatException($"the metric '{name}' has at most {MostValues} values, not {values.Count}");
        }

        return [.. values.Select(v => v is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<double>()
            : throw new FormatException($"the metric '{name}' must be a member with a number or numbers"))];
    }

    private static string Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.ToString() is { Length: > 0 } text
        ? text
        : throw new FormatException($"{name} must be a string");

    private static JsonArray Array(JsonNode? node, string what) =>
        node as JsonArray ?? throw new FormatException($"{what} must be an array");
}
