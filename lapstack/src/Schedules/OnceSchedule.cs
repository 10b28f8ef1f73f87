using NodaTime;
using NodaTime.Text;

namespace Lapstack.Schedules;

/// <summary>One local time. Where the clock skips it, it never comes; where the clock repeats it, the first one counts.</summary>
internal sealed class OnceSchedule : Schedule
{
    private static readonly LocalDateTimePattern Form = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    private readonly DateTimeOffset? _instant;

    private OnceSchedule(string expression, DateTimeOffset? instant)
        : base(expression) => _instant = instant;

    public static OnceSchedule Read(string expression, string inside, DateTimeZone zone)
    {
        var local = Form.Parse(inside);
        if (!local.Success) throw new ScheduleException(expression, $"'{inside}' is not a time of the form yyyy-mm-ddThh:mm:ss");
        return new OnceSchedule(expression, LocalTimes.FirstInstantOf(local.Value, zone));
    }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant) => _instant > instant ? _instant : null;
}
