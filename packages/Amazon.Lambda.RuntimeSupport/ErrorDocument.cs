using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as Lambda shows it to the caller, and as X-Ray stores it.</summary>
internal static class ErrorDocument
{
    private const int Largest = 256 * 1024;

    public static byte[] Write(Exception exception)
    {
        var document = Build(json => WriteError(json, exception));
        return document.Length <= Largest ? document : Build(json =>
        {
            json.WriteStartObject();
            json.WriteString("errorType", exception.GetType().Name);
            json.WriteString("errorMessage", "Exception exceeded maximum payload size of 256KB.");
            json.WriteEndObject();
        });
    }

    public static byte[] WriteCause(Exception exception) => Build(json =>
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        json.WriteStartObject();
        json.WriteString("working_directory", Environment.CurrentDirectory);
        json.WriteStartArray("exceptions");
        json.WriteStartObject();
        json.WriteString("type", exception.GetType().Name);
        json.WriteString("message", exception.Message);
        json.WriteStartArray("stack");
        foreach (var frame in frames) WriteFrame(json, frame);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("paths");
        foreach (var path in frames.Select(frame => frame.GetFileName()).OfType<string>().Distinct())
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteError(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartObject();
        json.WriteString("errorType", exception.GetType().Name);
        json.WriteString("errorMessage", exception.Message);
        if (exception.StackTrace is { } trace)
        {
            json.WriteStartArray("stackTrace");
            foreach (
                var line in trace.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
        }
        if (exception.InnerException is { } inner)
        {
            json.WritePropertyName("cause");
            WriteError(json, inner);
        }
        if (exception is AggregateException aggregate)
        {
            json.WriteStartArray("causes");
            foreach (var each in aggregate.InnerExceptions) WriteError(json, each);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteFrame(Utf8JsonWriter json, StackFrame frame)
    {
        json.WriteStartObject();
        if (frame.GetFileName() is { } path)
        {
            json.WriteString("path", path);
            json.WriteNumber("line", frame.GetFileLineNumber());
        }
        var method = DiagnosticMethodInfo.Create(frame);
        json.WriteString(
            "label", method is null ? "Method has been trimmed" : $"{method.DeclaringTypeName}.{method.Name}");
        json.WriteEndObject();
    }

    private static byte[] Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
