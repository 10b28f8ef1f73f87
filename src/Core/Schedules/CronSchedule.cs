namespace Jobs.Core.Schedules;

/// <summary>
/// Calendar times in a zone. By Scheduler's rule a local time that the clock skips does not run, and a doubled one runs once, at the first.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
/// </summary>
internal sealed class CronSchedule(CronFields fields, TimeZoneInfo zone) : Schedule
{
    /// <summary>Within this AWS has announced a firing, or it is none.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromHours(1);

    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        foreach (var local in fields.After(TimeZoneInfo.ConvertTime(after, zone).DateTime))
        {
            // In the second pass of a doubled hour the times of the first come up again: they are over.
            if (InstantOf(local) is { } planned && planned > after) return planned;
        }

        return null;
    }

    public override DateTimeOffset PlannedAt(DateTimeOffset said)
    {
        var planned = Minute(said);
        foreach (var time in Between(said - Lateness, said + TimeSpan.FromTicks(1))) planned = time;
        return planned;
    }

    private protected override DateTimeOffset BeforeFirst(DateTimeOffset from, DateTimeOffset anchor) => from - TimeSpan.FromTicks(1);

    private DateTimeOffset? InstantOf(DateTime local)
    {
        if (zone.IsInvalidTime(local)) return null;
        // The first of two is the one with the greater offset: summer's.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
