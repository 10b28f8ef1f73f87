using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// One line to standard output for each message, as text or, with AWS_LAMBDA_LOG_FORMAT=JSON, as a JSON object.
/// AWS_LAMBDA_LOG_LEVEL (or AWS_LAMBDA_HANDLER_LOG_LEVEL) is the lowest level written, by default Information.
/// </summary>
internal sealed class LogWriter
{
    private readonly bool _json = "JSON".Equals(Setting("LOG_FORMAT"), StringComparison.OrdinalIgnoreCase);
    private readonly LogLevel _lowest = Enum.TryParse<LogLevel>(
        Setting("LOG_LEVEL"), ignoreCase: true, out var level) ? level : LogLevel.Information;

    public void Write(string requestId, string level, Exception exception, string message, object[] args)
    {
        // As in the official runtime: an unknown level counts as the lowest, no level as Information.
        var known = level is null
            ? LogLevel.Information
            : Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed)
            ? parsed
            : LogLevel.Trace;
        if (known < _lowest) return;
        var time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var placeholders = new List<(string Name, object Value)>();
        var text = Fill(message ?? "", args, placeholders);
        Console.WriteLine(
            _json
                ? Json(time, requestId, known, exception, text, placeholders)
                : Text(time, requestId, known, exception, text));
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable($"AWS_LAMBDA_HANDLER_{name}") is { Length: > 0 } handler
            ? handler
            : Environment.GetEnvironmentVariable($"AWS_LAMBDA_{name}");

    private static string Text(string time, string requestId, LogLevel level, Exception exception, string text)
    {
        var label = level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
        var separator = exception is not null && text.Length > 0 ? "\n" : "";
        return $"{time}\t{requestId}\t{label}\t{text}{separator}{exception}";
    }

    private static string Json(
        string time, string requestId, LogLevel level, Exception exception, string text, List<(
            string Name, object Value)> placeholders)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("timestamp", time);
        json.WriteString("level", level.ToString());
        if (requestId is not null) json.WriteString("requestId", requestId);
        if (LambdaTraceProvider.CurrentTraceId is { Length: > 0 } trace) json.WriteString("traceId", trace);
        json.WriteString("message", text);
        foreach (var (name, value) in placeholders) WriteValue(json, name, value);
        if (exception is not null)
        {
            json.WriteString("errorType", exception.GetType().FullName);
            json.WriteString("errorMessage", exception.Message);
            json.WriteStartArray("stackTrace");
            foreach (var line in exception.ToString().Split('\n', StringSplitOptions.TrimEntries))
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case null: break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case double number: json.WriteNumber(name, number); break;
            default: json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <summary>
    /// Replaces <c>{name}</c> and <c>{name:format}</c> by the arguments in order; what has no argument stays as
    /// written.
    /// </summary>
    private static string Fill(string message, object[] args, List<(string Name, object Value)> placeholders)
    {
        if (args is not { Length: > 0 }) return message;
        var text = new StringBuilder();
        var at = 0;
        while (placeholders.Count < args.Length
            && message.IndexOf('{', at) is var open and >= 0
            && message.IndexOf('}', open) is var close and >= 0)
        {
            var name = message[(open + 1)..close].Split(':', 2);
            var value = args[placeholders.Count];
            text.Append(message, at, open - at);
            text.Append(value is IFormattable formattable
                ? formattable.ToString(name.ElementAtOrDefault(1), CultureInfo.InvariantCulture)
                : value?.ToString());
            placeholders.Add((name[0], value));
            at = close + 1;
        }
        return text.Append(message, at, message.Length - at).ToString();
    }
}
