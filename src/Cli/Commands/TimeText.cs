using System.Globalization;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Commands;

/// <summary>Times as people type them.</summary>
internal static class TimeText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
    ];

    /// <param name="option">Whose value it is, for the message.</param>
    /// <exception cref="CliException">It is neither a span nor a time.</exception>
    public static DateTimeOffset Parse(string option, string text, CliContext cli) => SpanOf(text) is { } span
        ? cli.Clock.GetUtcNow() - span
        : Local(text, cli.Zone) ?? Absolute(text) ?? throw CliException.Usage(
            $"{option} '{text}' is not a time. Write a span back from now, such as 30m, 6h or 7d, or a time, such as " +
            "2026-03-01 or 2026-03-01T12:00Z.");

    /// <summary>Reads <c>90s</c>, <c>30m</c>, <c>6h</c>, <c>7d</c>; null for anything else.</summary>
    public static TimeSpan? SpanOf(string text)
    {
        if (text.Length < 2
            || !int.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return char.ToLowerInvariant(text[^1]) switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(Math.Min(number, 52_560_000)),
            'h' => TimeSpan.FromHours(Math.Min(number, 900_000)),
            'd' => TimeSpan.FromDays(Math.Min(number, 36_500)),
            _ => null,
        };
    }

    /// <summary>Without a zone a time is the reader's.</summary>
    private static DateTimeOffset? Local(string text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Ticks - zone.GetUtcOffset(local).Ticks is var ticks
                && ticks >= DateTime.MinValue.Ticks
                && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;

    private static DateTimeOffset? Absolute(string text) =>
        text.Contains('-', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
