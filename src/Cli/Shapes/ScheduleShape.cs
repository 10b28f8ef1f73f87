using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;

namespace Jobs.Cli.Shapes;

/// <param name="Name">As <c>job/name</c>.</param>
/// <param name="Last">The latest planned time that has come; null before the first.</param>
/// <param name="Next">When it starts its job next; null for never again.</param>
internal sealed record ScheduleShape(string Name, string Expression, string? Zone, DateTimeOffset? Last, DateTimeOffset? Next)
{
    /// <param name="state">What the stack knows of it; null for nothing yet.</param>
    public static ScheduleShape Of(ScheduleKey key, ScheduleTrigger trigger, ScheduleState? state, DateTimeOffset now)
    {
        var schedule = trigger.ToSchedule();
        // A rate counts from when it last came, or else from when it was deployed: from now it would be later each time one looks.
        var anchor = state?.LastPlannedAt ?? state?.WatchedSince;
        DateTimeOffset? next = anchor is null ? schedule.Next(now) : schedule.Between(now, DateTimeOffset.MaxValue, anchor).Select(at => (DateTimeOffset?)at).FirstOrDefault();
        return new ScheduleShape(key.ToString(), trigger.Expression, trigger.TimeZone, state?.LastPlannedAt, next);
    }
}
