using Jobs.Core.Schedules;

namespace Jobs.Cli.Import;

/// <summary>
/// From on.schedule to AWS's expression, as Copilot does it: presets, @every, cron with five fields, and what AWS reads
/// itself.
/// </summary>
internal static class CopilotSchedule
{
    /// <summary>The schedule is switched off.</summary>
    public const string None = "none";

    private const string Every = "@every ";

    private static readonly Dictionary<string, string> Presets = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "cron(0 0 1 1 ? *)",
        ["@annually"] = "cron(0 0 1 1 ? *)",
        ["@monthly"] = "cron(0 0 1 * ? *)",
        ["@weekly"] = "cron(0 0 ? * 1 *)",
        ["@daily"] = "cron(0 0 * * ? *)",
        ["@midnight"] = "cron(0 0 * * ? *)",
        ["@hourly"] = "cron(0 * * * ? *)",
    };

    /// <exception cref="FormatException">It is none; the message says what it may be.</exception>
    public static string ToAws(string schedule)
    {
        var expression = Convert(schedule.Trim());
        _ = Schedule.Parse(expression, null);
        return expression;
    }

    private static string Convert(string schedule)
    {
        if (schedule.StartsWith("rate(", StringComparison.Ordinal)
            || schedule.StartsWith("cron(", StringComparison.Ordinal))
        {
            return schedule;
        }

        if (schedule.StartsWith(Every, StringComparison.Ordinal)) return Rate(schedule[Every.Length..]);
        if (Presets.TryGetValue(schedule, out var preset)) return preset;
        return schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: 5 } fields
            ? Cron(fields)
            : throw new FormatException(
                $"it is a preset ({string.Join(", ", Presets.Keys)}), @every and a duration, cron with five fields, " +
                "or AWS's rate(...) or cron(...)");
    }

    private static string Rate(string duration)
    {
        if (Durations.Parse(duration) is not { TotalMinutes: >= 1 } span || span.TotalMinutes % 1 != 0)
        {
            throw new FormatException("@every takes whole minutes or hours, such as @every 90m");
        }

        var minutes = (int)span.TotalMinutes;
        return (minutes % 1_440, minutes % 60) switch
        {
            (0, _) => Rate(minutes / 1_440, "day"),
            (_, 0) => Rate(minutes / 60, "hour"),
            _ => Rate(minutes, "minute"),
        };
    }

    private static string Rate(int count, string unit) => $"rate({count} {unit}{(count == 1 ? "" : "s")})";

    /// <summary>AWS wants a year, one ? among the days, and counts the days of the week from 1.</summary>
    private static string Cron(string[] fields)
    {
        var (day, weekday) = (fields[2], fields[4]);
        var (isDayFree, isWeekdayFree) = (IsFree(day), IsFree(weekday));
        if (!isDayFree && !isWeekdayFree)
        {
            throw new FormatException("AWS takes a day of the month or a day of the week, not both");
        }

        (day, weekday) = (isDayFree, isWeekdayFree) switch
        {
            (true, true) => ("*", "?"),
            (true, false) => ("?", FromOne(weekday)),
            _ => (day, "?"),
        };
        return $"cron({fields[0]} {fields[1]} {day} {fields[3]} {weekday} *)";
    }

    private static bool IsFree(string field) => field.AsSpan().ContainsAny('*', '?');

    private static string FromOne(string weekday) =>
        string.Concat(weekday.Select(next => char.IsAsciiDigit(next) ? (char)(next + 1) : next));
}
