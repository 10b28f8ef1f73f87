using System.Buffers;
using System.Text;
using System.Text.Json;
using Jobs.Core.Metrics;

namespace Jobs.Aws.Metrics;

/// <summary>
/// A line of a function's log from which CloudWatch makes metrics: no call, no permission, no client.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
internal static class EmbeddedLine
{
    /// <param name="at">Of the values.</param>
    /// <param name="groups">The metrics; none of them twice.</param>
    /// <param name="members">The values of all dimensions, and what else a query may ask for; null is left out.</param>
    public static string Write(
        DateTimeOffset at, IReadOnlyList<EmbeddedGroup> groups, params (string Name, string? Text)[] members)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", at.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            foreach (var group in groups) WriteDirective(json, group);
            json.WriteEndArray();
            json.WriteEndObject();
            foreach (var (name, text) in members)
            {
                if (text is not null) json.WriteString(name, text);
            }

            foreach (var value in groups.SelectMany(group => group.Values)) json.WriteNumber(value.Name, value.Value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static void WriteDirective(Utf8JsonWriter json, EmbeddedGroup group)
    {
        json.WriteStartObject();
        json.WriteString("Namespace", MetricNames.Namespace);
        json.WriteStartArray("Dimensions");
        foreach (var set in group.Dimensions)
        {
            json.WriteStartArray();
            foreach (var name in set) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var value in group.Values)
        {
            json.WriteStartObject();
            json.WriteString("Name", value.Name);
            json.WriteString("Unit", value.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
