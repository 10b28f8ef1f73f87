namespace Jobs.Core.Schedules;

/// <summary>
/// Calendar times in a zone. By Scheduler's rule a local time that the clock skips does not run, and a doubled one runs
/// once, at the first. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
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
        // Scheduler, which knows zones, says the planned time itself; its zone data may be older or newer than what is
        // here.
        if (zone != TimeZoneInfo.Utc) return planned;
        foreach (var time in Between(said - Lateness, said + TimeSpan.FromTicks(1))) planned = time;
        return planned;
    }

    private protected override DateTimeOffset BeforeFirst(DateTimeOffset from, DateTimeOffset anchor) =>
        from - TimeSpan.FromTicks(1);

    /// <summary>
    /// The first instant at which the zone's clocks show a local time; null when they skip it. What .NET says about
    /// local times is wrong where winter is the exception, as in Dublin and Casablanca, but what it says about instants
    /// is right. https://github.com/dotnet/runtime/issues/120915
    /// </summary>
    private DateTimeOffset? InstantOf(DateTime local)
    {
        var utc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var (before, after) = (zone.GetUtcOffset(utc.AddDays(-1)), zone.GetUtcOffset(utc.AddDays(1)));
        return AtOffset(before > after ? before : after) ?? AtOffset(before > after ? after : before);

        DateTimeOffset? AtOffset(TimeSpan offset)
        {
            var instant = new DateTimeOffset(local, offset).ToUniversalTime();
            return zone.GetUtcOffset(instant) == offset ? instant : null;
        }
    }
}
