using System.Globalization;
using System.Text.RegularExpressions;

namespace Lapstack.Schedules;

/// <summary>A fixed period. A day is 24 hours, whatever a clock does in the night.</summary>
internal sealed partial class RateSchedule : Schedule
{
    private static readonly Dictionary<string, TimeSpan> Units = new()
    {
        ["minute"] = TimeSpan.FromMinutes(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
    };

    private readonly long _period;
    private readonly DateTimeOffset? _start;

    private RateSchedule(string expression, long period, DateTimeOffset? start)
        : base(expression) => (_period, _start) = (period, start);

    public static RateSchedule Read(string expression, string inside, DateTimeOffset? start)
    {
        var parts = Form().Match(inside);
        if (!parts.Success)
        {
            throw new ScheduleException(expression, "a rate is a positive whole number, one blank, and a unit");
        }

        var (number, unit) = (parts.Groups[1].Value, parts.Groups[2].Value);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
            throw new ScheduleException(expression, $"value {number} must be a positive whole number");
        var singular = unit.EndsWith('s') ? unit[..^1] : unit;
        if (!Units.TryGetValue(singular, out var length))
            throw new ScheduleException(
                expression, $"unit '{unit}' is none of minute, minutes, hour, hours, day, days");
        if (value == 1 && unit != singular)
        {
            throw new ScheduleException(expression, $"value 1 needs the singular unit '{singular}'");
        }

        if (value > 1 && unit == singular)
        {
            throw new ScheduleException(expression, $"value {value} needs the plural unit '{singular}s'");
        }

        return new RateSchedule(expression, value * length.Ticks, start);
    }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        var start = _start ?? instant;
        // The first firing is one period after the start; before that, nothing has passed yet.
        var passed = instant < start ? 0 : (instant - start).Ticks / _period;
        var next = (Int128)start.UtcTicks + ((Int128)(passed + 1) * _period);
        return next > DateTimeOffset.MaxValue.UtcTicks ? null : new DateTimeOffset((long)next, TimeSpan.Zero);
    }

    [GeneratedRegex(@"^(-?[0-9]+) ([A-Za-z]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
