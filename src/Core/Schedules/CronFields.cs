namespace Jobs.Core.Schedules;

/// <summary>The six fields of a cron expression, by AWS's rules.</summary>
internal sealed class CronFields
{
    private static readonly CronField MinuteField = new("minutes", 0, 59);
    private static readonly CronField HourField = new("hours", 0, 23);
    private static readonly CronField MonthField = new("month", 1, 12)
    {
        Names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    };

    private static readonly CronField YearField = new("year", 1970, 2199) { Wraps = false };

    private readonly SortedSet<int> _minutes;
    private readonly SortedSet<int> _hours;
    private readonly Func<int, int, IEnumerable<int>> _days;
    private readonly SortedSet<int> _months;
    private readonly SortedSet<int> _years;

    private CronFields(string[] fields)
    {
        _minutes = MinuteField.Values(fields[0]);
        _hours = HourField.Values(fields[1]);
        _months = MonthField.Values(fields[3]);
        _days = CronDays.Read(dayOfMonth: fields[2], dayOfWeek: fields[4]);
        _years = YearField.Values(fields[5]);
    }

    /// <exception cref="FormatException">A field breaks a rule.</exception>
    public static CronFields Read(string inside)
    {
        var fields = inside.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 6
            ? new CronFields(fields)
            : throw new FormatException(
                "cron needs six fields separated by blanks (minutes hours day-of-month month day-of-week year, no " +
                $"seconds), but it has {fields.Length}");
    }

    /// <summary>The local times after the given one, in order.</summary>
    public IEnumerable<DateTime> After(DateTime local) =>
        from year in _years.Where(year => year >= local.Year)
        from month in _months.Where(month => year > local.Year || month >= local.Month)
        from day in _days(year, month)
        where new DateTime(year, month, day) >= local.Date
        from hour in _hours
        from minute in _minutes
        let time = new DateTime(year, month, day, hour, minute, 0)
        where time > local
        select time;
}
