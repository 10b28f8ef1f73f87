using System.Diagnostics;
using Jobs.Core.Tracing;

namespace Jobs.Aws.Tracing;

/// <summary>
/// Spans as OTLP's ExportTraceServiceRequest.
/// https://github.com/open-telemetry/opentelemetry-proto/blob/v1.7.0/opentelemetry/proto/trace/v1/trace.proto
/// </summary>
internal static class OtlpMessage
{
    private const int TraceBytes = 16;
    private const int SpanBytes = 8;
    private const int StatusError = 2;

    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<KeyValuePair<string, object?>> resource, IReadOnlyList<TraceSpan> spans)
    {
        var request = new ProtoWriter();
        request.Message(1, resourceSpans =>
        {
            resourceSpans.Message(1, of => Attributes(of, 1, resource));
            resourceSpans.Message(2, scope =>
            {
                scope.Message(1, name => name.Text(1, "Jobs"));
                foreach (var span in spans) scope.Message(2, one => Write(one, span));
            });
        });
        return request.Written;
    }

    private static void Write(ProtoWriter writer, TraceSpan span)
    {
        Ids(writer, 1, 2, span.Context.TraceId, span.Context.SpanId);
        if (span.Parent != default)
        {
            Span<byte> parent = stackalloc byte[SpanBytes];
            span.Parent.CopyTo(parent);
            writer.Bytes(4, parent);
        }

        writer.Text(5, span.Name);
        // .NET counts its kinds from Internal, which is 1 here.
        writer.Number(6, (int)span.Kind + 1);
        writer.Fixed(7, Nanoseconds(span.Start));
        writer.Fixed(8, Nanoseconds(span.End));
        Attributes(writer, 9, span.Attributes);
        foreach (var moment in span.Events)
        {
            writer.Message(11, one =>
            {
                one.Fixed(1, Nanoseconds(moment.At));
                one.Text(2, moment.Name);
                Attributes(one, 3, moment.Attributes);
            });
        }

        foreach (var link in span.Links) writer.Message(13, one => Ids(one, 1, 2, link.TraceId, link.SpanId));
        if (span.Error is { } error)
        {
            writer.Message(15, status =>
            {
                status.Text(2, error);
                status.Number(3, StatusError);
            });
        }
    }

    private static void Ids(
        ProtoWriter writer, int traceField, int spanField, ActivityTraceId trace, ActivitySpanId span)
    {
        Span<byte> bytes = stackalloc byte[TraceBytes];
        trace.CopyTo(bytes);
        writer.Bytes(traceField, bytes);
        span.CopyTo(bytes[..SpanBytes]);
        writer.Bytes(spanField, bytes[..SpanBytes]);
    }

    private static void Attributes(
        ProtoWriter writer, int field, IReadOnlyList<KeyValuePair<string, object?>> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value is null) continue;
            writer.Message(field, pair =>
            {
                pair.Text(1, name);
                pair.Message(2, any => Value(any, value));
            });
        }
    }

    private static void Value(ProtoWriter writer, object value)
    {
        switch (value)
        {
            case bool truth:
                writer.Number(2, truth ? 1 : 0);
                break;
            case int or long or short or byte:
                writer.Number(3, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double or float:
                var number = Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
                writer.Fixed(4, (ulong)BitConverter.DoubleToInt64Bits(number));
                break;
            case IEnumerable<string> texts:
                writer.Message(5, list =>
                {
                    foreach (var text in texts) list.Message(1, one => one.Text(1, text));
                });
                break;
            default:
                writer.Text(1, value.ToString() ?? "");
                break;
        }
    }

    private static ulong Nanoseconds(DateTimeOffset at) => (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
