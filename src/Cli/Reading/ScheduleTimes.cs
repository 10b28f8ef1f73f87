using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;

namespace Jobs.Cli.Reading;

/// <param name="Last">The latest planned time that has come; null before the first.</param>
/// <param name="Next">When it starts its job next; null for never again, or for one that is deployed switched
/// off.</param>
internal sealed record ScheduleTimes(
    ScheduleKey Key, ScheduleTrigger Trigger, DateTimeOffset? Last, DateTimeOffset? Next)
{
    /// <param name="state">What the stack knows of it; null for nothing yet.</param>
    public static ScheduleTimes Of(ScheduleKey key, ScheduleTrigger trigger, ScheduleState? state, DateTimeOffset now)
    {
        if (trigger.Disabled) return new ScheduleTimes(key, trigger, state?.LastPlannedAt, null);
        var schedule = trigger.ToSchedule();
        // A rate counts from when it last came, or from when it was deployed: from now it would be later each time.
        var anchor = state?.LastPlannedAt ?? state?.WatchedSince;
        DateTimeOffset? next = anchor is null
            ? schedule.Next(now)
            : schedule.Between(now, DateTimeOffset.MaxValue, anchor).Select(at => (DateTimeOffset?)at).FirstOrDefault();
        return new ScheduleTimes(key, trigger, state?.LastPlannedAt, next);
    }
}
