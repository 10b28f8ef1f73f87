using Jobs.Core.Definitions;

namespace Jobs.Cli.Reading;

/// <summary>What starts a job, as people say it.</summary>
internal static class TriggerWords
{
    public static IReadOnlyList<string> Of(JobDefinition job) =>
    [
        .. job.Uploads.Select(upload => $"upload {upload.Name}{(job.Queue is null ? "" : " into the queue")}"),
        .. job.Events.Select(Event),
        .. job.Schedules.Select(
            schedule => $"schedule {schedule.Expression}{(schedule.TimeZone is { } zone ? $" {zone}" : "")}" +
                (schedule.Disabled ? ", deployed switched off" : "")),
        .. Queue(job.Queue),
        .. job.Afters.Select(Of),
    ];

    private static string Event(EventTrigger trigger)
    {
        var parts = new[] { trigger.Source, trigger.DetailType, trigger.Detail, trigger.Pattern };
        var bus = trigger.BusName is { } name ? $" on {name}" : "";
        return $"event {string.Join(' ', parts.OfType<string>())}{bus}";
    }

    /// <summary>After which ends of which job.</summary>
    public static string Of(AfterTrigger after) => after.On switch
    {
        AfterOutcome.Failure => $"after {after.Job} failed",
        AfterOutcome.Always => $"after {after.Job}, however it ended",
        _ => $"after {after.Job}",
    };

    private static IEnumerable<string> Queue(QueueTrigger? queue) => queue switch
    {
        null => [],
        { Mode: QueueMode.Service } =>
            [$"queue, a service of {queue.Service?.MinTasks ?? 0} to {queue.MaxTasks} tasks"],
        _ => [$"queue, up to {queue.MaxTasks} tasks"],
    };
}
