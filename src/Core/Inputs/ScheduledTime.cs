using System.Text.Json;

// The author's namespace: a job's input is written `ScheduledTime`, without knowing about Core.
#pragma warning disable IDE0130
namespace Jobs;
#pragma warning restore IDE0130

/// <summary>The input of every run that a schedule without a constant input starts.</summary>
/// <param name="Name">Name of the schedule.</param>
/// <param name="PlannedAt">The planned time in UTC, to the minute. The run may start later; a report about "the last
/// hour" counts from here.</param>
public sealed record ScheduledTime(string Name, DateTimeOffset PlannedAt)
{
    public string ToJson() => JsonSerializer.Serialize(this, Core.Inputs.TriggerJson.Default.ScheduledTime);
}
