namespace Lapstack.Ports;

/// <summary>CloudWatch Logs, for what functions and tasks print.</summary>
public interface ILogs
{
    bool Exists(string group);

    /// <summary>
    /// Appends lines to a stream, creating group and stream when they are not there. Never throws for what the line
    /// contains.
    /// </summary>
    Task AppendAsync(string group, string stream, IReadOnlyList<LogLine> lines, CancellationToken cancellation);
}
