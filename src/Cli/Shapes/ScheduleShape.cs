using Jobs.Cli.Reading;

namespace Jobs.Cli.Shapes;

/// <param name="Name">As <c>job/name</c>.</param>
/// <param name="Last">The latest planned time that has come; null before the first.</param>
/// <param name="Next">When it starts its job next; null for never again.</param>
internal sealed record ScheduleShape(
    string Name, string Expression, string? Zone, DateTimeOffset? Last, DateTimeOffset? Next)
{
    public static ScheduleShape Of(ScheduleTimes schedule) => new(
        schedule.Key.ToString(), schedule.Trigger.Expression, schedule.Trigger.TimeZone, schedule.Last, schedule.Next);
}
