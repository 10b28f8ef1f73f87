using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>Gives a queue's service other limits from planned times on, until others are planned.</summary>
/// <param name="expression"><c>cron(minutes hours day-of-month month day-of-week year)</c>, or <c>rate(12
/// hours)</c>.</param>
/// <param name="minTasks">0 to <paramref name="maxTasks"/>.</param>
/// <param name="maxTasks">1 to the queue's MaxTasks.</param>
/// <example><code>
/// [ScaleOnSchedule("cron(0 6 ? * MON-FRI *)", 4, 40, Name = "mornings", TimeZone = "Europe/Berlin")]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ScaleOnScheduleAttribute(string expression, int minTasks, int maxTasks) : Attribute
{
    /// <summary>When the limits change.</summary>
    public string Expression { get; } = expression;

    /// <summary>Tasks that run though there is no message.</summary>
    public int MinTasks { get; } = minTasks;

    /// <summary>Tasks that may be alive at once.</summary>
    public int MaxTasks { get; } = maxTasks;

    /// <summary>In lower case with hyphens, such as mornings. Default: made from the expression.</summary>
    public string? Name { get; set; }

    /// <summary>IANA zone that a cron expression is meant in, such as Europe/Berlin. Default: UTC.</summary>
    public string? TimeZone { get; set; }

    internal ScheduledScaling ToScaling() =>
        new(Name ?? ScheduleTrigger.NameFor(Expression), Expression, MinTasks, MaxTasks) { TimeZone = TimeZone };
}
