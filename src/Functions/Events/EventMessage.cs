using System.Text.Json;
using System.Text.Json.Serialization;
using Jobs.Core;
using Jobs.Core.Inputs;
using Jobs.Core.Triggers;

namespace Jobs.Functions.Events;

/// <summary>What an event rule's input transformer makes: the job, the trigger and the event unchanged.</summary>
internal sealed record EventMessage
{
    /// <summary>UTF-16 characters of an event's id, of which EventBridge makes 36.</summary>
    private const int MaxId = 128;

    [JsonPropertyName("job")]
    public string? Job { get; init; }

    [JsonPropertyName("trigger")]
    public string? Trigger { get; init; }

    [JsonPropertyName("event")]
    public JsonElement Event { get; init; }

    /// <exception cref="RejectedMessageException">A part is missing or wrong.</exception>
    public (string Job, string Trigger, BusEvent Event) Require()
    {
        if (Job is not { Length: > 0 } || Trigger is not { Length: > 0 } || Event.ValueKind != JsonValueKind.Object)
        {
            throw Rejected("it must have the members job, trigger and event");
        }

        if (JsonFaults.First(Event, "its event") is { } fault) throw Rejected(fault.Rule);
        if (Text("id") is not { Length: > 0 and <= MaxId } id)
        {
            throw Rejected($"its event has no id of 1 to {MaxId} characters");
        }

        if (!Event.TryGetProperty("detail", out var detail) || detail.ValueKind != JsonValueKind.Object)
        {
            throw Rejected("its event has no detail");
        }

        return (Job, Trigger, new BusEvent(id, Event.GetRawText(), detail.GetRawText(), Resource()));
    }

    private string? Text(string member) =>
        Event.TryGetProperty(member, out var value) ? TextOf(value) : null;

    private string? Resource() =>
        Event.TryGetProperty("resources", out var all)
            && all.ValueKind == JsonValueKind.Array
            && all.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
            ? TextOf(first)
            : null;

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static RejectedMessageException Rejected(string why) =>
        new($"The message is not an event: {why}. Send the rule's output unchanged.");
}
