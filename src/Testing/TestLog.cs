using System.Collections.Concurrent;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.Logging;

namespace Jobs.Testing;

/// <summary>Keeps the lines it is given.</summary>
internal sealed class TestLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public TestLog() => Logger = new LineLogger((level, message, _) => _lines.Enqueue($"{level}: {message}"));

    /// <summary>What the job logs to.</summary>
    public ILogger Logger { get; }

    public IReadOnlyCollection<string> Lines => _lines;
}
