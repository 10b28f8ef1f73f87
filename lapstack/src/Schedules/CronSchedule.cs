using Quartz;

namespace Lapstack.Schedules;

/// <summary>
/// A calendar schedule. Quartz finds the next time within a year; the years are ours, because AWS allows 1970 to 2199
/// and Quartz no further than a hundred years from now.
/// </summary>
internal sealed class CronSchedule : Schedule
{
    private readonly CronExpression _withinYear;
    private readonly SortedSet<int> _years;
    private readonly int _nearestTo;
    private readonly TimeZoneInfo _zone;

    public CronSchedule(string expression, CronFields fields, TimeZoneInfo zone)
        : base(expression)
    {
        try
        {
            _withinYear = new CronExpression($"0 {fields.WithinYear} *", TimeZoneInfo.Utc);
        }
        catch (FormatException refused)
        {
            throw new ScheduleException(expression, refused.Message);
        }
        _years = fields.Years;
        _nearestTo = fields.NearestTo;
        _zone = zone;
    }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, _zone).DateTime;
        while (NextLocalAfter(local) is { } next)
        {
            // During the second pass of a doubled hour the first pass's instants come up again: they are over.
            if (LocalTimes.FirstInstantOf(next, _zone) is { } planned && planned > instant) return planned;
            local = next;
        }
        return null;
    }

    private DateTime? NextLocalAfter(DateTime local)
    {
        foreach (var year in _years.GetViewBetween(local.Year, int.MaxValue))
        {
            // The calendar of a year is decided by its length and by the weekday it starts on.
            var shift = year - AlikeYear(year);
            var from = year == local.Year ? local.AddYears(-shift) : new DateTime(year - shift, 1, 1).AddSeconds(-1);
            if (NextWithinYear(from) is { } found && found.Year == year - shift) return found.AddYears(shift);
        }
        return null;
    }

    /// <summary>Quartz takes the 31W of a short month for its last weekday; at AWS such a month has none.</summary>
    private DateTime? NextWithinYear(DateTime from)
    {
        while (_withinYear.GetNextValidTimeAfter(new DateTimeOffset(from, TimeSpan.Zero)) is { } next)
        {
            from = next.DateTime;
            if (DateTime.DaysInMonth(from.Year, from.Month) >= _nearestTo) return from;
        }
        return null;
    }

    /// <summary>
    /// A year from 2000 to 2027 with the same calendar: every kind of year occurs among any 28 in one century.
    /// </summary>
    private static int AlikeYear(int year) => Enumerable.Range(2000, 28).First(candidate =>
        DateTime.IsLeapYear(candidate) == DateTime.IsLeapYear(year)
        && new DateOnly(candidate, 1, 1).DayOfWeek == new DateOnly(year, 1, 1).DayOfWeek);
}
