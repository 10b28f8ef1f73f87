using Jobs.Cli.Output;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>Why a run counts as stuck, as people say it.</summary>
internal static class StallWords
{
    /// <returns>Null when it does not.</returns>
    public static string? Of(Run run, DateTimeOffset now) => run.Stall is { } stall
        ? $"{stall.Reason} since {Words.Span(now - stall.Since)}{(stall.Detail is { } detail ? $": {detail}" : "")}"
        : null;
}
