namespace Jobs.Cli.Ports;

/// <param name="Lines">Oldest first; none when all has been read.</param>
/// <param name="Next">Where to go on, now or later.</param>
internal sealed record LogPage(IReadOnlyList<LogLine> Lines, string Next);
