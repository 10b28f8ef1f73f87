using System.Text.Json;
using Lapstack.Ground;

namespace Lapstack.Patterns;

/// <summary>
/// What a target gets of an event: all of it, a constant, a part, or a text made from parts of it.
/// See https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html.
/// </summary>
public abstract class TargetInput
{
    /// <summary>The event as it is: what a target gets that asks for nothing else.</summary>
    public static TargetInput WholeEvent { get; } = new Made((@event, _) => @event.GetRawText());

    /// <summary>`Input`: a constant JSON text, whatever the event says.</summary>
    /// <exception cref="EventPatternException">It is not JSON.</exception>
    public static TargetInput Constant(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new Made((_, _) => json);
        }
        catch (JsonException notJson)
        {
            throw new EventPatternException($"Input must be valid JSON text: {notJson.Message}", notJson);
        }
    }

    /// <summary>
    /// `InputPath`: the part of the event at a JSON path, as JSON; null where the event has no such part.
    /// </summary>
    /// <exception cref="EventPatternException">The path is not one EventBridge understands.</exception>
    public static TargetInput Part(string jsonPath)
    {
        var path = JsonPath.Parse(jsonPath);
        return new Made((@event, _) => path.Find(@event)?.ToJsonString(JsonText.Plain) ?? "null");
    }

    /// <summary>The text sent to the target.</summary>
    public abstract string Of(JsonElement @event, RuleFacts rule);

    private sealed class Made(Func<JsonElement, RuleFacts, string> make) : TargetInput
    {
        public override string Of(JsonElement @event, RuleFacts rule) => make(@event, rule);
    }
}
