using System.Globalization;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;

namespace Jobs.Cli.Reading;

/// <summary>Which run a dead letter would make if it were handled: by its id one sees whether it has.</summary>
internal static class DeadLetterRun
{
    /// <returns>Null when the message makes no run of its own, or cannot be understood, which may be why it is
    /// here.</returns>
    public static RunId? Of(string body, JobCatalog catalog)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var message = document.RootElement;
            if (message.ValueKind != JsonValueKind.Object) return null;
            if (message.TryGetProperty("command", out _)) return OfCommand(CommandReader.Read(body));
            if (Text(message, "job") is not { } job || catalog.Find(job) is { Queue: not null }) return null;
            if (Text(message, "schedule") is { } schedule)
            {
                return OfSchedule(new ScheduleKey(job, schedule), Text(message, "plannedAt"), catalog);
            }

            if (!message.TryGetProperty("event", out var @event)) return null;
            return IsEventTrigger(catalog, job, Text(message, "trigger"))
                ? OfEvent(job, @event)
                : OfUpload(job, @event);
        }
        catch (Exception e) when (
            e is JsonException or RejectedMessageException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            return null;
        }
    }

    private static RunId? OfCommand(Command command) => command switch
    {
        Command.Submit submit => submit.Run,
        Command.SubmitArray array => array.Run,
        Command.Retry retry => retry.NewRun,
        _ => null,
    };

    private static RunId? OfSchedule(ScheduleKey key, string? planned, JobCatalog catalog) =>
        catalog.FindSchedule(key) is { } trigger && planned is not null
        ? Scheduler.IdOf(
            key,
            trigger.ToSchedule().PlannedAt(
                DateTimeOffset.Parse(planned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)))
        : null;

    private static bool IsEventTrigger(JobCatalog catalog, string job, string? trigger) =>
        catalog.Find(job)?.Events.Any(declared => declared.Name == trigger) == true;

    private static RunId? OfEvent(string job, JsonElement @event) =>
        Text(@event, "id") is { Length: > 0 } id ? EventIntake.IdOf(job, id) : null;

    private static RunId OfUpload(string job, JsonElement created)
    {
        var (bucket, one) = (
            created.GetProperty("detail").GetProperty("bucket"), created.GetProperty("detail").GetProperty("object"));
        return UploadIntake.Identify(job, new Upload(Text(bucket, "name") ?? "", Text(one, "key") ?? "")
        {
            VersionId = Text(one, "version-id"),
            ETag = Text(one, "etag"),
            Sequencer = Text(one, "sequencer"),
        });
    }

    private static string? Text(JsonElement message, string member) =>
        message.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
