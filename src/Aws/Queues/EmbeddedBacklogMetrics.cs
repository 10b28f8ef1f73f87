using System.Buffers;
using System.Text;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Backlog;

namespace Jobs.Aws.Queues;

/// <summary>
/// Writes each value as a line of a function's log from which CloudWatch makes the metric: no call, no permission, no
/// client.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
/// <param name="stack">Name of the stack.</param>
/// <param name="write">Writes one line, as it is: what a logger puts before it would make it text like any
/// other.</param>
public sealed class EmbeddedBacklogMetrics(string stack, Action<string> write, TimeProvider clock) : IBacklogMetrics
{
    public void Publish(string job, double backlogPerTask)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            WriteDirective(json);
            json.WriteString(Names.StackDimension, stack);
            json.WriteString(Names.JobDimension, job);
            json.WriteNumber(Names.BacklogPerTask, backlogPerTask);
            json.WriteEndObject();
        }

        write(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private void WriteDirective(Utf8JsonWriter json)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", clock.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", Names.MetricNamespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue(Names.StackDimension);
        json.WriteStringValue(Names.JobDimension);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        json.WriteStartObject();
        json.WriteString("Name", Names.BacklogPerTask);
        json.WriteString("Unit", "Count");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
