using System.Text.Json;

namespace Jobs.Core.Definitions;

/// <summary>
/// Whether EventBridge takes an event pattern: its form, field by field. What stands in an array of alternatives is for
/// <see cref="EventFilterCheck"/>.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
/// </summary>
internal static class EventPatternCheck
{
    private const string Or = "$or";

    /// <summary>
    /// What <c>$or</c> may multiply to.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
    /// </summary>
    private const int MaxCombinations = 1_000;

    /// <summary>Inside <c>$or</c> these could be a misplaced operator, so they cannot be fields there.</summary>
    private static readonly HashSet<string> ReservedInOr =
    [
        .. EventFilterCheck.Operators, "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case",
        "date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range", "ip-address-in-range",
        "ip-address-not-in-range",
    ];

    /// <param name="pattern">A whole pattern.</param>
    /// <returns>In the order of the pattern; none when EventBridge takes it.</returns>
    public static IEnumerable<EventPatternFault> Faults(JsonElement pattern)
    {
        foreach (var fault in Fields("", pattern, inOr: false)) yield return fault;
        if (Combinations(pattern) > MaxCombinations)
        {
            yield return new(
                "", $"$or multiplies to at most {MaxCombinations:N0} combinations", pattern.GetRawText(),
                "Declare several triggers.");
        }
    }

    private static IEnumerable<EventPatternFault> Fields(string place, JsonElement fields, bool inOr)
    {
        if (fields.ValueKind != JsonValueKind.Object || !fields.EnumerateObject().Any())
        {
            return [new(place, "it is an object with a field at least", fields.GetRawText(),
                """Write it as {"state": ["failed"]}.""")];
        }

        return fields.EnumerateObject().SelectMany(field => Field(place, field, inOr));
    }

    private static IEnumerable<EventPatternFault> Field(string parent, JsonProperty field, bool inOr)
    {
        var place = parent.Length == 0 ? field.Name : $"{parent}.{field.Name}";
        if (field.Name == Or) return Choices(parent, place, field.Value);
        if (inOr && ReservedInOr.Contains(field.Name))
        {
            return [new(place, "no field in $or has the name of an operator", field.Name,
                "Put an operator into an array: " + """[{"prefix": "a"}].""")];
        }

        return field.Value.ValueKind switch
        {
            JsonValueKind.Object => Fields(place, field.Value, inOr),
            JsonValueKind.Array => Alternatives(place, field.Value),
            _ => [new(place, "a field has an array of what it may be", field.Value.GetRawText(),
                $"Write [{field.Value.GetRawText()}].")],
        };
    }

    private static IEnumerable<EventPatternFault> Alternatives(string place, JsonElement alternatives) =>
        alternatives.GetArrayLength() == 0
            ? [new(place, "an array of what a field may be is not empty", "[]",
                "Leave the field out, or write " + """[{"exists": true}].""")]
            : alternatives.EnumerateArray().SelectMany(one => EventFilterCheck.Faults(place, one));

    /// <param name="parent">Place of the fields that the choices have.</param>
    private static IEnumerable<EventPatternFault> Choices(string parent, string place, JsonElement choices) =>
        choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() < 2
            ? [new(place, "$or has an array of two objects at least", choices.GetRawText(),
                """Write "$or": [{"a": [1]}, {"b": [2]}].""")]
            : choices.EnumerateArray().SelectMany(choice => Fields(parent, choice, inOr: true));

    /// <summary>The ways to satisfy a pattern once each <c>$or</c> is decided.</summary>
    private static double Combinations(JsonElement fields) => fields.ValueKind == JsonValueKind.Object
        ? fields.EnumerateObject().Aggregate(1.0, (ways, field) => ways * Ways(field))
        : 1;

    private static double Ways(JsonProperty field) => field.Name == Or && field.Value.ValueKind == JsonValueKind.Array
        ? field.Value.EnumerateArray().Sum(Combinations)
        : Combinations(field.Value);
}
