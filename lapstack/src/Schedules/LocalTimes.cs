using NodaTime;

namespace Lapstack.Schedules;

/// <summary>Local times of a zone as instants, by the rule of EventBridge Scheduler for clocks that are put forward or back.</summary>
internal static class LocalTimes
{
    /// <summary>A skipped local time has no instant and does not run; a doubled one has two and runs at the first only.</summary>
    public static DateTimeOffset? FirstInstantOf(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? null : mapping.First().ToInstant().ToDateTimeOffset();
    }
}
