using System.Globalization;
using System.Text.RegularExpressions;

namespace Jobs.Cli.Import;

/// <summary>
/// Spans of time as Go writes them, which Copilot is written in. https://pkg.go.dev/time#ParseDuration
/// </summary>
internal static partial class Durations
{
    /// <summary>Longer than anything in a manifest, and short enough to be reckoned with.</summary>
    private const double MaxDays = 36_500;

    /// <returns>Null when it is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        if (!Whole().IsMatch(text)) return null;
        var seconds = Part().Matches(text).Sum(part =>
            double.Parse(part.Groups["count"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            * SecondsOf(part.Groups["unit"].Value));
        return seconds > MaxDays * 86_400 ? null : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>In whole minutes, the part of one counted as one.</summary>
    public static int MinutesUp(TimeSpan span) => (int)Math.Ceiling(span.TotalMinutes);

    private static double SecondsOf(string unit) => unit switch
    {
        // Copilot's own documentation has days, though Go has none.
        "d" => 86_400,
        "h" => 3_600,
        "m" => 60,
        "s" => 1,
        "ms" => 0.001,
        "ns" => 0.000000001,
        _ => 0.000001,
    };

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(d|h|ms|m|s|us|µs|ns))+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<count>[0-9]+(\.[0-9]+)?)(?<unit>d|h|ms|m|s|us|µs|ns)")]
    private static partial Regex Part();
}
