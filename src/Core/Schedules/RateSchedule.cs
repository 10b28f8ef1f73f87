using System.Globalization;
using System.Text.RegularExpressions;

namespace Jobs.Core.Schedules;

/// <summary>A fixed period. A day is 24 hours, whatever a clock does in the night.</summary>
internal sealed partial class RateSchedule(TimeSpan period) : Schedule
{
    public static RateSchedule Read(string inside)
    {
        if (Form().Match(inside) is not { Success: true } parts)
        {
            throw new FormatException("a rate is a positive whole number, one blank and a unit");
        }

        var (number, unit) = (parts.Groups[1].Value, parts.Groups[2].Value);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
        {
            throw new FormatException(
                $"value {number}: it must be a whole number from 1, so that the rate is at least a minute");
        }

        var singular = unit.EndsWith('s') ? unit[..^1] : unit;
        var length = singular switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            _ =>
                throw new FormatException(
                    $"unit '{unit}': it must be minute, minutes, hour, hours, day or days; the shortest rate is a " +
                    "minute"),
        };
        if (value == 1 && unit != singular)
        {
            throw new FormatException($"unit '{unit}': value 1 needs the singular '{singular}'");
        }

        if (value > 1 && unit == singular)
        {
            throw new FormatException($"unit '{unit}': value {value} needs the plural '{singular}s'");
        }

        return value <= TimeSpan.MaxValue / length
            ? new RateSchedule(value * length)
            : throw new FormatException($"value {value}: the period is longer than any time");
    }

    public override DateTimeOffset? Next(DateTimeOffset after) =>
        after <= DateTimeOffset.MaxValue - period ? after + period : null;

    public override DateTimeOffset PlannedAt(DateTimeOffset said) => Minute(said);

    private protected override DateTimeOffset BeforeFirst(DateTimeOffset from, DateTimeOffset anchor)
    {
        var since = (((from - anchor).Ticks % period.Ticks) + period.Ticks) % period.Ticks;
        return from - TimeSpan.FromTicks(since == 0 ? period.Ticks : since);
    }

    [GeneratedRegex(@"^(-?[0-9]+) ([A-Za-z]+)\z")]
    private static partial Regex Form();
}
