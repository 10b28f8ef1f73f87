using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// Starts the job at planned times; several on one job are several schedules. The job's input is
/// <see cref="ScheduledTime"/>, or what <see cref="Input"/> says.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
/// </summary>
/// <param name="expression"><c>rate(1 hour)</c>, or <c>cron(minutes hours day-of-month month day-of-week
/// year)</c>.</param>
/// <example><code>
/// [OnSchedule("cron(30 2 * * ? *)", Name = "nightly", TimeZone = "Europe/Berlin", Overlap = OverlapPolicy.Queue)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class OnScheduleAttribute(string expression) : Attribute
{
    /// <summary>When it starts.</summary>
    public string Expression { get; } = expression;

    /// <summary>
    /// Name of the schedule, in lower case with hyphens, such as nightly; part of its runs' identity. Default: made
    /// from the expression, <c>rate-1-hour</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// IANA zone that a cron expression is meant in, such as Europe/Berlin: a local time that the clock skips does not
    /// run, a doubled one runs once. Default: UTC.
    /// </summary>
    public string? TimeZone { get; set; }

    /// <summary>
    /// Input of every run, as JSON text of the job's input type. Default: a <see cref="ScheduledTime"/>.
    /// </summary>
    public string? Input { get; set; }

    /// <summary>
    /// What happens when the run before is not over. Default Skip: the new run is recorded as Skipped.
    /// </summary>
    public OverlapPolicy Overlap { get; set; } = OverlapPolicy.Skip;

    /// <summary>
    /// Deployed switched off: it does not come, and is not missed, until its rule, or with a time zone its schedule in
    /// EventBridge Scheduler, is enabled. Default false.
    /// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
    /// </summary>
    public bool Disabled { get; set; }
}
