namespace Jobs.Core.Schedules;

/// <summary>
/// When something is planned: <c>rate(value unit)</c> or <c>cron(six fields)</c>, as EventBridge and its Scheduler
/// understand them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
/// </summary>
public abstract class Schedule
{
    /// <summary>AWS plans to the minute, so no two planned times lie in one.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromMinutes(1);

    /// <param name="expression">As AWS takes it: keyword in lower case, no blank just inside the parentheses.</param>
    /// <param name="timeZone">IANA name of the zone a cron expression is meant in; null for UTC.</param>
    /// <exception cref="FormatException">AWS would refuse it; the message says which field breaks which
    /// rule.</exception>
    public static Schedule Parse(string expression, string? timeZone = null)
    {
        var open = expression.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !expression.EndsWith(')'))
        {
            throw new FormatException("it must be rate(value unit) or cron(six fields)");
        }

        var inside = expression[(open + 1)..^1];
        if (inside != inside.Trim()) throw new FormatException("no blanks are allowed just inside the parentheses");
        return expression[..open] switch
        {
            "rate" when timeZone is not null =>
                throw new FormatException("a rate has no time zone: it counts from when it was deployed"),
            "rate" => RateSchedule.Read(inside),
            "cron" =>
                new CronSchedule(CronFields.Read(inside), timeZone is null ? TimeZoneInfo.Utc : Zones.Find(timeZone)),
            var other => throw new FormatException($"'{other}' is neither rate nor cron"),
        };
    }

    /// <summary>
    /// The first planned time strictly after the given one; null when there is none any more. AWS counts a rate from
    /// when it was deployed, which only its firings show: of a rate this is one period after the given time, so give
    /// one at which it has fired.
    /// </summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    /// <summary>
    /// The planned time of a firing, from what AWS says about it. A firing may be announced several times, and seconds
    /// late, so of a rate it is the minute, and of a cron expression the last planned time until then.
    /// </summary>
    /// <param name="said">The event's time, or Scheduler's scheduled time.</param>
    public abstract DateTimeOffset PlannedAt(DateTimeOffset said);

    /// <summary>The planned times from one, inclusive, to another, exclusive.</summary>
    /// <param name="anchor">A time at which it has fired, for a rate to count from; null when none is known, and then
    /// it counts from the beginning.</param>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset from, DateTimeOffset to, DateTimeOffset? anchor = null)
    {
        for (var next = Next(BeforeFirst(from, anchor ?? from)); next is { } planned
            && planned < to; next = Next(planned))
        {
            yield return planned;
        }
    }

    /// <summary>
    /// The latest time at or before <paramref name="from"/> whose next is the first planned time from there on.
    /// </summary>
    private protected abstract DateTimeOffset BeforeFirst(DateTimeOffset from, DateTimeOffset anchor);

    private protected static DateTimeOffset Minute(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % Resolution.Ticks), TimeSpan.Zero);
}
