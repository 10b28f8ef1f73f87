using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>
/// An EventBridge event pattern, compiled. All fields named must match, each by any one of its alternatives; `$or`
/// forks. See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html.
/// </summary>
public sealed class EventPattern
{
    private readonly IReadOnlyList<PatternBranch> _branches;

    private EventPattern(IReadOnlyList<PatternBranch> branches) => _branches = branches;

    /// <exception cref="EventPatternException">EventBridge would refuse the pattern; the message says why and
    /// where.</exception>
    public static EventPattern Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement);
        }
        catch (JsonException notJson)
        {
            throw new EventPatternException(
                $"Event pattern is not valid. Reason: it is not JSON: {notJson.Message}", notJson);
        }
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static EventPattern Parse(JsonElement pattern) => new(PatternCompiler.Compile(pattern));

    /// <summary>
    /// Whether the event, a JSON object, satisfies the pattern. What the pattern does not name is ignored.
    /// </summary>
    public bool Matches(JsonElement @event)
    {
        var fields = new EventFields(@event);
        return _branches.Any(branch => branch.Matches(fields));
    }
}
