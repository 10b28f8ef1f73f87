using System.Text;
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

    private const string Previous = ".previous";
    private const string Begun = ".new";

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

    private string PreviousFile => _file + Previous;

    public static LogStream Create(string file, string name, long now)
    {
        var header = new Header(name, now);
        File.Move(Begin(file, header), file, overwrite: true);
        return new LogStream(file, header);
    }

    /// <summary>Takes up the stream an earlier start wrote. What a crash left half written is cut off.</summary>
    public static LogStream Open(string file)
    {
        CutHalfLine(file);
        var stream = new LogStream(file, HeaderOf(file));
        foreach (var e in stream.Read()) stream.Note(e);
        return stream;
    }

    /// <summary>Ends what a crash interrupted: a file that was begun and is not in its place.</summary>
    /// <param name="folder">Of a log group.</param>
    public static void EndRotations(string folder)
    {
        foreach (var begun in Directory.GetFiles(folder, "*" + Begun))
        {
            var file = begun[..^Begun.Length];
            if (!File.Exists(file) && File.Exists(file + Previous)) File.Move(begun, file);
            else File.Delete(begun);
        }
    }

    /// <summary>The next line would else be part of it, and be lost with it.</summary>
    private static void CutHalfLine(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var end = content.Length;
        while (end > 0)
        {
            content.Position = end - 1;
            if (content.ReadByte() == '\n') break;
            end--;
        }

        if (end < content.Length) content.SetLength(end);
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
            var events = lines.Select((line, i) => EventOf(line, now, _next + i)).ToList();
            Append(events);
            foreach (var e in events) Note(e);
        }
    }

    private static LogEvent EventOf(LogLine line, long now, long number)
    {
        var message = line.Message.Length > MaxMessageLength ? line.Message[..MaxMessageLength] : line.Message;
        return new LogEvent(line.At.ToUnixTimeMilliseconds(), now, number, message);
    }

    private void Append(IEnumerable<LogEvent> events)
    {
        var text = string.Concat(events.Select(e => JsonSerializer.Serialize(e, JsonText.Plain) + '\n'));
        // No buffer of its own: what finds no room fails here, not when the file is closed.
        using var file = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var before = file.Length;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // The next line is not to stand behind half a line.
            file.SetLength(before);
            throw;
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
        // What finds no room for a new file goes on with the old one.
        var begun = Begin(_file, new Header(Name, CreatedAt));
        File.Move(_file, PreviousFile, overwrite: true);
        File.Move(begun, _file);
    }

    /// <summary>Writes a file that is moved to its name in one step: a crash leaves a stream with its name, or
    /// none.</summary>
    private static string Begin(string file, Header header)
    {
        var begun = file + Begun;
        File.WriteAllText(begun, JsonSerializer.Serialize(header, JsonText.Plain) + '\n');
        return begun;
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
