using Jobs.Cli.Ground;

namespace Jobs.Cli.Ports;

/// <summary>What tasks and functions wrote to their logs.</summary>
internal interface IRunLogs
{
    /// <summary>The next lines of a stream, oldest first.</summary>
    /// <param name="token">What the page before gave; null for the beginning.</param>
    /// <returns>Null while there is no such stream: the task has written nothing yet.</returns>
    Task<LogPage?> ReadAsync(string group, string stream, string? token, CancellationToken cancellation);

    /// <summary>When the group was last written to; null when it is empty.</summary>
    /// <exception cref="CliException">There is no such group.</exception>
    Task<DateTimeOffset?> LastWrittenAsync(string group, CancellationToken cancellation);
}
