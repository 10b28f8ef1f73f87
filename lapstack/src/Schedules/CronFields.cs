using System.Globalization;
using System.Text.RegularExpressions;

namespace Lapstack.Schedules;

/// <summary>The six fields of a cron expression, checked by AWS's rules, which are stricter than Quartz's.</summary>
/// <param name="WithinYear">Minutes to day-of-week, in Quartz's spelling, which is AWS's.</param>
/// <param name="Years">The years in which it fires.</param>
/// <param name="NearestTo">The day that a month must have, where the day-of-month is the weekday nearest to
/// one.</param>
internal sealed partial record CronFields(string WithinYear, SortedSet<int> Years, int NearestTo)
{
    private static readonly string[] Months =
    [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static readonly CronField Minutes = new("minutes", 0, 59);
    private static readonly CronField Hours = new("hours", 0, 23);
    private static readonly CronField DayOfMonth = new("day-of-month", 1, 31);
    private static readonly CronField Month = new("month", 1, 12) { Names = Months };
    private static readonly CronField DayOfWeek = new("day-of-week", 1, 7) { Names = Weekdays, AllowsSteps = false };
    private static readonly CronField Year = new("year", 1970, 2199) { Wraps = false };

    public static CronFields Read(string expression, string inside)
    {
        var fields = inside.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6)
        {
            throw new ScheduleException(expression, "it needs six fields separated by blanks (minutes hours " +
                "day-of-month month "
                + $"day-of-week year, no seconds), but it has {fields.Length}");
        }
        try
        {
            Minutes.Check(fields[0]);
            Hours.Check(fields[1]);
            Month.Check(fields[3]);
            CheckDays(fields[2], fields[4]);
            return new CronFields(string.Join(' ', fields[..5]), Year.Values(fields[5]), NearestDay(fields[2]));
        }
        catch (FormatException broken)
        {
            throw new ScheduleException(expression, broken.Message);
        }
    }

    private static void CheckDays(string dayOfMonth, string dayOfWeek)
    {
        if (dayOfMonth == "?" == (dayOfWeek == "?"))
            throw new FormatException(
                "of day-of-month and day-of-week exactly one must be ?; a value or * in both, or ? in both, is not " +
                "allowed");
        if (dayOfMonth != "?") DayOfMonth.Check(dayOfMonth, IsSpecialDayOfMonth);
        if (dayOfWeek != "?") CheckDayOfWeek(dayOfWeek);
    }

    // L is the last day of the month, LW its last weekday, 15W the weekday nearest to the 15th.
    private static bool IsSpecialDayOfMonth(string term)
    {
        if (term is "L" or "LW") return true;
        if (!NearestWeekday().IsMatch(term)) return false;
        DayOfMonth.Check(term[..^1]);
        return true;
    }

    private static int NearestDay(string field) =>
        NearestWeekday().IsMatch(field) ? int.Parse(field[..^1], CultureInfo.InvariantCulture) : 0;

    // L is Saturday, 5L the month's last Thursday, 3#2 its second Tuesday; none of them stands beside others.
    private static void CheckDayOfWeek(string field)
    {
        if (field == "L") return;
        var hash = field.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0 && !LastWeekday().IsMatch(field))
        {
            DayOfWeek.Check(field);
            return;
        }
        if (field.Contains(',', StringComparison.Ordinal))
            throw new FormatException($"day-of-week '{field}': only one expression is allowed where # or L is used");
        if (hash >= 0 && field[(hash + 1)..] is not ("1" or "2" or "3" or "4" or "5"))
            throw new FormatException($"day-of-week '{field}': after # comes which one of the month, 1 to 5");
        DayOfWeek.CheckOne(hash >= 0 ? field[..hash] : field[..^1]);
    }

    [GeneratedRegex(@"^[0-9]+W\z", RegexOptions.CultureInvariant)]
    private static partial Regex NearestWeekday();

    [GeneratedRegex(@"(^|,)[0-9A-Z]+L(,|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex LastWeekday();
}
