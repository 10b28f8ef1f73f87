using System.Globalization;
using System.Text.Json.Serialization;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Schedules;

namespace Jobs.Functions.Events;

/// <summary>
/// What a schedule puts into the inbox: its job, its name, and when it was planned as EventBridge or its Scheduler says
/// it.
/// </summary>
internal sealed record ScheduleMessage
{
    [JsonPropertyName("job")]
    public string? Job { get; init; }

    [JsonPropertyName("schedule")]
    public string? Schedule { get; init; }

    [JsonPropertyName("plannedAt")]
    public string? PlannedAt { get; init; }

    /// <exception cref="RejectedMessageException">A part is missing or wrong.</exception>
    public (ScheduleKey Key, DateTimeOffset PlannedAt) Require() =>
        Job is { Length: > 0 } job && Schedule is { Length: > 0 } schedule
            && DateTimeOffset.TryParse(
                PlannedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var planned)
            ? (new ScheduleKey(job, schedule), planned)
            : throw new RejectedMessageException(
                "The message is not a schedule's: it must have the members job, schedule and plannedAt, an ISO 8601 " +
                "time. Send what the schedule sends unchanged.");
}
