using System.Text.RegularExpressions;

namespace Lapstack.Schedules;

/// <summary>
/// When something is planned: `rate(value unit)`, `cron(minutes hours day-of-month month day-of-week year)` or
/// `at(local time)`. See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html and
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html.
/// </summary>
public abstract partial class Schedule
{
    private protected Schedule(string expression) => Expression = expression;

    public string Expression { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">Exactly as AWS takes it: lower-case keyword, no blank before, after, or just inside the
    /// parentheses.</param>
    /// <param name="zone">The IANA time zone a cron or at expression is meant in; UTC by default. A rate ignores
    /// it.</param>
    /// <param name="start">The instant a rate counts its periods from; without it each period counts from the instant
    /// asked about.</param>
    /// <exception cref="ScheduleException">AWS would refuse it; the message says which field breaks which
    /// rule.</exception>
    public static Schedule Parse(string expression, string? zone = null, DateTimeOffset? start = null)
    {
        var open = expression.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !expression.EndsWith(')'))
            throw new ScheduleException(
                expression, "it must be rate(value unit), cron(six fields) or at(yyyy-mm-ddThh:mm:ss)");
        var inside = expression[(open + 1)..^1];
        if (inside != inside.Trim())
        {
            throw new ScheduleException(expression, "no blanks are allowed just inside the parentheses");
        }

        return expression[..open] switch
        {
            "rate" => RateSchedule.Read(expression, inside, start),
            "cron" => new CronSchedule(expression, CronFields.Read(expression, inside), Zone(expression, zone)),
            "at" => OnceSchedule.Read(expression, inside, Zone(expression, zone)),
            var other => throw new ScheduleException(expression, $"'{other}' is none of rate, cron and at"),
        };
    }

    /// <summary>The first planned instant strictly after the given one, or null when there is none any more.</summary>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset instant);

    /// <summary>
    /// The machine's zone data, which all that plans on a laptop reads; of its names those that are IANA's.
    /// </summary>
    private static TimeZoneInfo Zone(string expression, string? zone)
    {
        if (zone is null) return TimeZoneInfo.Utc;
        return IanaName().IsMatch(zone)
            && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            && found.HasIanaId
            && found.Id == zone
            ? found
            : throw new ScheduleException(expression, $"'{zone}' is not an IANA time zone, such as Europe/Berlin");
    }

    [GeneratedRegex(@"^(?!(localtime|posixrules|Factory)\z|posix/|right/)[A-Za-z0-9+_-]+(/[A-Za-z0-9+_-]+)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex IanaName();
}
