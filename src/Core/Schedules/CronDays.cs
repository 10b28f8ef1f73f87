using System.Text.RegularExpressions;

namespace Jobs.Core.Schedules;

/// <summary>The two fields that choose a month's days, one of which is always <c>?</c>.</summary>
internal static partial class CronDays
{
    private static readonly CronField DayOfMonth = new("day-of-month", 1, 31);

    private static readonly CronField DayOfWeek = new("day-of-week", 1, 7)
    {
        Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
        AllowsSteps = false,
    };

    /// <returns>From year and month to the days, ascending.</returns>
    public static Func<int, int, IEnumerable<int>> Read(string dayOfMonth, string dayOfWeek)
    {
        if (dayOfMonth == "?" == (dayOfWeek == "?"))
        {
            throw new FormatException(
                "of day-of-month and day-of-week exactly one must be ?; a value or * in both, or ? in both, is not " +
                "allowed");
        }

        return dayOfWeek == "?" ? OfMonth(dayOfMonth) : OfWeek(dayOfWeek);
    }

    private static Func<int, int, IEnumerable<int>> OfMonth(string field)
    {
        // The terms are read at once, so that what is broken is found at once.
        var terms = field.Split(',').Select(TermOfMonth).ToList();
        return (year, month) => terms.SelectMany(term => term(year, month)).Distinct().Order();
    }

    // L is the last day, LW its last weekday (Monday to Friday), 15W the weekday nearest to the 15th in the same month.
    private static Func<int, int, IEnumerable<int>> TermOfMonth(string term)
    {
        if (term == "L") return (year, month) => [DateTime.DaysInMonth(year, month)];
        if (term == "LW") return (year, month) => [NearestWeekday(year, month, DateTime.DaysInMonth(year, month))];
        if (WeekdayForm().IsMatch(term))
        {
            var near = DayOfMonth.Value(term[..^1]);
            return (year, month) =>
                near <= DateTime.DaysInMonth(year, month) ? [NearestWeekday(year, month, near)] : [];
        }

        var days = DayOfMonth.Values(term);
        return (year, month) => days.GetViewBetween(1, DateTime.DaysInMonth(year, month));
    }

    private static int NearestWeekday(int year, int month, int day) => new DateTime(year, month, day).DayOfWeek switch
    {
        System.DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
        System.DayOfWeek.Sunday => day == DateTime.DaysInMonth(year, month) ? day - 2 : day + 1,
        _ => day,
    };

    // L is Saturday, 5L the month's last Thursday, 3#2 its second Tuesday; none of them stands beside others.
    private static Func<int, int, IEnumerable<int>> OfWeek(string field)
    {
        if (field == "L") return (year, month) => DaysOn([7], year, month);
        var hash = field.IndexOf('#', StringComparison.Ordinal);
        var isLast = LastForm().IsMatch(field);
        if ((hash >= 0 || isLast) && field.Contains(',', StringComparison.Ordinal))
        {
            throw new FormatException($"day-of-week '{field}': only one expression is allowed where # or L is used");
        }

        if (hash >= 0) return Nth(field, field[..hash], field[(hash + 1)..]);
        if (isLast)
        {
            var day = DayOfWeek.Value(field[..^1]);
            return (year, month) => DaysOn([day], year, month).TakeLast(1);
        }

        var days = DayOfWeek.Values(field);
        return (year, month) => DaysOn(days, year, month);
    }

    private static Func<int, int, IEnumerable<int>> Nth(string field, string weekday, string which)
    {
        if (which is not ("1" or "2" or "3" or "4" or "5"))
        {
            throw new FormatException($"day-of-week '{field}': after # comes which one of the month, 1 to 5");
        }

        var (day, before) = (DayOfWeek.Value(weekday), which[0] - '1');
        return (year, month) => DaysOn([day], year, month).Skip(before).Take(1);
    }

    /// <param name="weekdays">1 for Sunday to 7 for Saturday.</param>
    private static IEnumerable<int> DaysOn(ICollection<int> weekdays, int year, int month) =>
        Enumerable.Range(1, DateTime.DaysInMonth(year, month))
            .Where(day => weekdays.Contains((int)new DateTime(year, month, day).DayOfWeek + 1));

    private static IEnumerable<int> DaysOn(int[] weekdays, int year, int month) =>
        DaysOn(weekdays.ToHashSet(), year, month);

    [GeneratedRegex(@"^[0-9]+W\z")]
    private static partial Regex WeekdayForm();

    [GeneratedRegex(@"(^|,)[0-9A-Z]+L(,|\z)")]
    private static partial Regex LastForm();
}
