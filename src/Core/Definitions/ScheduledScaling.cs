using Jobs.Core.Schedules;

namespace Jobs;

/// <summary>Limits of a service's tasks from planned times on, until others are planned.</summary>
/// <param name="Name">Lower-case letters, digits and single hyphens; unique among those of the job.</param>
/// <param name="Expression">
/// <c>rate(12 hours)</c> or <c>cron(minutes hours day-of-month month day-of-week year)</c>.
/// https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
/// </param>
/// <param name="MinTasks">0 to <paramref name="MaxTasks"/>.</param>
/// <param name="MaxTasks">1 to <see cref="QueueTrigger.MaxTasks"/>.</param>
public sealed record ScheduledScaling(string Name, string Expression, int MinTasks, int MaxTasks)
{
    /// <summary>IANA name of the zone that a cron expression is meant in. Default null: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <exception cref="FormatException">The expression or the time zone is not valid.</exception>
    public Schedule ToSchedule() => Schedule.Parse(Expression, TimeZone);
}
