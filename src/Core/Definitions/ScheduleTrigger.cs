using Jobs.Core.Definitions;
using Jobs.Core.Schedules;

namespace Jobs;

/// <summary>Starts the job at planned times.</summary>
/// <param name="Name">Lower-case letters, digits and single hyphens; unique among the job's schedules. Part of each
/// run's identity.</param>
/// <param name="Expression">
/// <c>rate(1 hour)</c> or <c>cron(minutes hours day-of-month month day-of-week year)</c>, as AWS writes them.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
/// </param>
public sealed record ScheduleTrigger(string Name, string Expression)
{
    /// <summary>
    /// IANA name of the zone that a cron expression is meant in, such as Europe/Berlin: a local time that the clock
    /// skips does not run, a doubled one runs once. Default null: UTC.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>The input of every run, as JSON text. Default null: a <see cref="ScheduledTime"/>.</summary>
    public string? Input { get; init; }

    /// <summary>What happens while the run before is not over. Default Skip.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>
    /// Deployed switched off: it does not come, and is not missed, until its rule is enabled in EventBridge. Default
    /// false. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
    /// </summary>
    public bool Disabled { get; init; }

    /// <summary>
    /// The name of a schedule that was given none: <c>rate(1 hour)</c> is rate-1-hour, <c>cron(0 2 * * ? *)</c> is
    /// cron-0-2.
    /// </summary>
    public static string NameFor(string expression) => TriggerName.From(expression);

    /// <exception cref="FormatException">The expression or the time zone is not valid.</exception>
    public Schedule ToSchedule() => Schedule.Parse(Expression, TimeZone);

    /// <summary>What a run planned for this time gets.</summary>
    public string InputAt(DateTimeOffset plannedAt) => Input ?? new ScheduledTime(Name, plannedAt).ToJson();
}
