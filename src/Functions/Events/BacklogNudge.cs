using System.Text.Json.Serialization;

namespace Jobs.Functions.Events;

/// <summary>
/// Why to look at queues: what an alarm sends when its state changes, or nothing in it, each minute.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
/// </summary>
public sealed record BacklogNudge
{
    [JsonPropertyName("alarmData")]
    public AlarmDetail? Alarm { get; init; }

    /// <summary>The alarm whose state changed; null for none.</summary>
    [JsonIgnore]
    public string? AlarmName => Alarm?.Name;

    /// <summary>
    /// What is used of the alarm: the state it has is not, because the queue says better how full it is.
    /// </summary>
    public sealed record AlarmDetail
    {
        [JsonPropertyName("alarmName")]
        public string? Name { get; init; }
    }
}
