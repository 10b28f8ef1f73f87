namespace Amazon.Lambda.Annotations.Schedule;

/// <param name="schedule"><c>rate(…)</c> or <c>cron(…)</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public class ScheduleEventAttribute(string schedule) : Attribute
{
    public string Schedule { get; set; } = schedule;

    public string ResourceName { get; set; }

    public string Description { get; set; }

    public string Input { get; set; }

    public bool Enabled { get; set; } = true;
}
