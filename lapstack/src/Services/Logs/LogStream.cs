using System.Text.Json;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.State;

namespace Lapstack.Services.Logs;

/// <summary>
/// One stream: a file of JSON lines whose first line names the stream. A file that reaches <see cref="MaxFileBytes"/>
/// becomes the previous one, and the previous one before it is dropped, so a stream never takes more than twice that.
/// </summary>
internal sealed class LogStream
{
    public const long MaxFileBytes = 8 * 1024 * 1024;

    /// <summary>CloudWatch's limit for one event, in bytes; counted in characters here.</summary>
    private const int MaxMessageLength = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly string _file;
    private long _next;

    private LogStream(string file, Header header)
    {
        _file = file;
        (Name, CreatedAt) = (header.Stream, header.CreatedAt);
    }

    public string Name { get; }

    /// <summary>In milliseconds since 1970, as every time here.</summary>
    public long CreatedAt { get; }

    public long? FirstEventAt { get; private set; }

    public long? LastEventAt { get; private set; }

    public long? LastIngestionAt { get; private set; }

    private string PreviousFile => _file + ".previous";

    public static LogStream Create(string file, string name, long now)
    {
        var header = new Header(name, now);
        Begin(file, header);
        return new LogStream(file, header);
    }

    /// <summary>Takes up the stream an earlier start wrote.</summary>
    public static LogStream Open(string file)
    {
        var stream = new LogStream(file, HeaderOf(file));
        foreach (var e in stream.Read()) stream.Note(e);
        return stream;
    }

    private static Header HeaderOf(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Header>(File.ReadLines(file).FirstOrDefault() ?? "", JsonText.Plain)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException broken)
        {
            throw new StateException(
                $"The log file {file} does not name its stream: {broken.Message} Delete it.", broken);
        }
    }

    public void Append(IReadOnlyList<LogLine> lines, long now)
    {
        lock (_gate)
        {
            if (new FileInfo(_file) is { Exists: true, Length: > MaxFileBytes }) Rotate();
            using var writer = File.AppendText(_file);
            foreach (var line in lines)
            {
                var message = line.Message.Length > MaxMessageLength ? line.Message[..MaxMessageLength] : line.Message;
                var e = new LogEvent(line.At.ToUnixTimeMilliseconds(), now, _next, message);
                writer.Write(JsonSerializer.Serialize(e, JsonText.Plain) + '\n');
                Note(e);
            }
        }
    }

    /// <summary>Every event still kept, in the order it arrived.</summary>
    public IReadOnlyList<LogEvent> Read()
    {
        lock (_gate) return [.. ReadFile(PreviousFile), .. ReadFile(_file)];
    }

    public void Delete()
    {
        lock (_gate)
        {
            File.Delete(_file);
            File.Delete(PreviousFile);
        }
    }

    private static List<LogEvent> ReadFile(string file)
    {
        var events = new List<LogEvent>();
        if (!File.Exists(file)) return events;
        foreach (var line in File.ReadLines(file).Skip(1))
            if (Parse(line) is { } e) events.Add(e);
        return events;
    }

    /// <summary>Null for a line that a crash left half written.</summary>
    private static LogEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<LogEvent>(line, JsonText.Plain);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Rotate()
    {
        File.Move(_file, PreviousFile, overwrite: true);
        Begin(_file, new Header(Name, CreatedAt));
    }

    // In one step: a crash leaves a stream with its name, or none.
    private static void Begin(string file, Header header)
    {
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(header, JsonText.Plain) + '\n');
        File.Move(file + ".new", file, overwrite: true);
    }

    private void Note(LogEvent e)
    {
        _next = e.Sequence + 1;
        FirstEventAt ??= e.Timestamp;
        LastEventAt = Math.Max(LastEventAt ?? 0, e.Timestamp);
        LastIngestionAt = e.IngestionTime;
    }

    private sealed record Header(string Stream, long CreatedAt);
}
