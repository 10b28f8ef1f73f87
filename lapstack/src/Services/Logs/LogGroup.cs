using System.Collections.Concurrent;
using Lapstack.Ports;
using Lapstack.State;

namespace Lapstack.Services.Logs;

/// <summary>A log group: a folder with a file per stream.</summary>
internal sealed class LogGroup
{
    private const string StreamExtension = ".jsonl";
    private readonly ConcurrentDictionary<string, Lazy<LogStream>> _streams = new(StringComparer.Ordinal);
    private readonly string _folder;

    public LogGroup(string folder, string name, long createdAt, int? retentionInDays)
    {
        (_folder, Name, CreatedAt, RetentionInDays) = (folder, name, createdAt, retentionInDays);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(folder, "*" + StreamExtension))
        {
            var stream = LogStream.Open(file);
            _streams[stream.Name] = new Lazy<LogStream>(stream);
        }
    }

    public string Name { get; }

    /// <summary>In milliseconds since 1970.</summary>
    public long CreatedAt { get; }

    /// <summary>Null: kept for ever.</summary>
    public int? RetentionInDays { get; }

    public IReadOnlyList<LogStream> Streams =>
        [.. _streams.Values.Select(s => s.Value).OrderBy(s => s.Name, StringComparer.Ordinal)];

    public LogStream? Find(string stream) => _streams.GetValueOrDefault(stream)?.Value;

    /// <returns>Whether the stream is new.</returns>
    public bool Append(string stream, IReadOnlyList<LogLine> lines, long now)
    {
        var isNew = !_streams.ContainsKey(stream);
        _streams.GetOrAdd(
            stream,
            name => new Lazy<LogStream>(() => LogStream.Create(FileOf(name), name, now))).Value.Append(lines, now);
        return isNew;
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
