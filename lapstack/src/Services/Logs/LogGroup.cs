using System.Collections.Concurrent;
using Lapstack.Ports;
using Lapstack.State;

namespace Lapstack.Services.Logs;

/// <summary>A log group: a folder with a file per stream.</summary>
internal sealed class LogGroup
{
    private const string StreamExtension = ".jsonl";
    private readonly ConcurrentDictionary<string, LogStream> _streams = new(StringComparer.Ordinal);
    private readonly Lock _creating = new();
    private readonly string _folder;

    public LogGroup(string folder, string name, long createdAt, int? retentionInDays)
    {
        (_folder, Name, CreatedAt, RetentionInDays) = (folder, name, createdAt, retentionInDays);
        Directory.CreateDirectory(folder);
        LogStream.EndRotations(folder);
        foreach (var file in Directory.GetFiles(folder, "*" + StreamExtension))
        {
            var stream = LogStream.Open(file);
            _streams[stream.Name] = stream;
        }
    }

    public string Name { get; }

    /// <summary>In milliseconds since 1970.</summary>
    public long CreatedAt { get; }

    /// <summary>Null: kept for ever.</summary>
    public int? RetentionInDays { get; }

    public IReadOnlyList<LogStream> Streams =>
        [.. _streams.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    public LogStream? Find(string stream) => _streams.GetValueOrDefault(stream);

    /// <returns>Whether the stream is new.</returns>
    public bool Append(string stream, IReadOnlyList<LogLine> lines, long now)
    {
        var known = Find(stream);
        (known ?? Ensure(stream, now)).Append(lines, now);
        return known is null;
    }

    private LogStream Ensure(string stream, long now)
    {
        // One that cannot be made now, as on a full disk, is made with the next lines.
        lock (_creating) return Find(stream) ?? (_streams[stream] = LogStream.Create(FileOf(stream), stream, now));
    }

    /// <summary>Drops the streams whose newest event is older than the retention.</summary>
    public void Expire(DateTimeOffset now)
    {
        if (RetentionInDays is not { } days) return;
        var oldest = now.AddDays(-days).ToUnixTimeMilliseconds();
        foreach (var stream in Streams.Where(s => (s.LastEventAt ?? s.CreatedAt) < oldest))
        {
            _streams.TryRemove(stream.Name, out _);
            stream.Delete();
        }
    }

    private string FileOf(string stream) => Path.Combine(_folder, FileNames.Hash(stream) + StreamExtension);
}
