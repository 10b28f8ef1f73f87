using System.Globalization;

namespace Lapstack.Schedules;

/// <summary>
/// One local time. Where the clock skips it, it never comes; where the clock repeats it, the first one counts.
/// </summary>
internal sealed class OnceSchedule : Schedule
{
    private readonly DateTimeOffset? _instant;

    private OnceSchedule(string expression, DateTimeOffset? instant)
        : base(expression) => _instant = instant;

    public static OnceSchedule Read(string expression, string inside, TimeZoneInfo zone)
    {
        return DateTime.TryParseExact(inside, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new OnceSchedule(expression, LocalTimes.FirstInstantOf(local, zone))
            : throw new ScheduleException(expression, $"'{inside}' is not a time of the form yyyy-mm-ddThh:mm:ss");
    }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant) => _instant > instant ? _instant : null;
}
