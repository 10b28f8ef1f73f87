using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Sdk.Hosting;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Reporting;

/// <summary>
/// The worker's log: each line is one JSON object on stdout that carries the run, so that any log reader can filter by
/// it, and the last lines are kept for the run's record. Lines are written at once: a killed process has lost none.
/// </summary>
[ProviderAlias("Jobs")]
internal sealed class JobLog(Stream output, Secrets secrets, TimeProvider clock) : ILoggerProvider
{
    internal const int TailLines = 20;

    internal const int TailLineLength = 500;

    /// <summary>
    /// CloudWatch Logs cuts an event at 256 KB; an exception's text is the only thing that could come near.
    /// </summary>
    private const int MaxExceptionLength = 32_768;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly AsyncLocal<string?> Handling = new();

    private readonly Lock _gate = new();
    private readonly Queue<string> _tail = new();
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    /// <summary>The launch whose lines these are; null before the worker knows it.</summary>
    public LaunchId? Launch { get; set; }

    /// <summary>The job and the task whose lines these are, in the task of a service, which has no launch.</summary>
    public (string Job, string Task)? ServiceTask { get; set; }

    /// <summary>The last lines, oldest first: at most 20 of at most 500 characters.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (_gate) return [.. _tail];
        }
    }

    /// <summary>From here on, in what the caller calls and awaits, lines carry this message's id.</summary>
    public static void Handle(string messageId) => Handling.Value = messageId;

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(
        categoryName,
        name => new LineLogger((level, message, exception) => Write(name, level, message, exception)));

    public void Dispose() => output.Flush();

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        message = secrets.Without(message);
        var cause = exception is null ? "" : secrets.Without($" ({exception.GetType().Name}: {exception.Message})");
        lock (_gate)
        {
            _tail.Enqueue(Excerpt.Of($"{now:HH:mm:ss} {Short(level)} {message}{cause}", TailLineLength));
            if (_tail.Count > TailLines) _tail.Dequeue();
            using (var json = new Utf8JsonWriter(output, Writing))
            {
                json.WriteStartObject();
                json.WriteString("time", now);
                json.WriteString("level", Short(level));
                WriteOwner(json);
                json.WriteString("category", category);
                json.WriteString("message", message);
                if (exception is not null)
                {
                    json.WriteString(
                        "exception", Excerpt.Of(secrets.Without(exception.ToString()), MaxExceptionLength));
                }

                json.WriteEndObject();
            }

            output.Write("\n"u8);
            output.Flush();
        }
    }

    private void WriteOwner(Utf8JsonWriter json)
    {
        if (Launch is { } launch)
        {
            json.WriteString("job", launch.Run.Job);
            json.WriteString("run", launch.Run.ToString());
            json.WriteNumber("launch", launch.Number);
        }
        else if (ServiceTask is { } service)
        {
            json.WriteString("job", service.Job);
            json.WriteString("task", service.Task);
        }

        if (Handling.Value is { } message) json.WriteString("messageId", message);
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
