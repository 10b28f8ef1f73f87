namespace Lapstack.Schedules;

/// <summary>
/// Local times of a zone as instants, by the rule of EventBridge Scheduler for clocks that are put forward or back.
/// </summary>
internal static class LocalTimes
{
    /// <summary>
    /// A skipped local time has no instant and does not run; a doubled one has two and runs at the first only. Asked of
    /// instants: .NET is wrong about local times where winter is the exception
    /// (https://github.com/dotnet/runtime/issues/120915).
    /// </summary>
    public static DateTimeOffset? FirstInstantOf(DateTime local, TimeZoneInfo zone)
    {
        var utc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var offsets = new[] { zone.GetUtcOffset(utc.AddDays(-1)), zone.GetUtcOffset(utc.AddDays(1)) };
        return offsets
            .OrderDescending()
            .Select(offset => new DateTimeOffset(local, offset))
            .Where(instant => zone.GetUtcOffset(instant) == instant.Offset)
            .Select(instant => (DateTimeOffset?)instant.ToUniversalTime())
            .FirstOrDefault();
    }
}
