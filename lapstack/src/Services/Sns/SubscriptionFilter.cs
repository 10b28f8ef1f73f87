using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Patterns;

namespace Lapstack.Services.Sns;

/// <summary>
/// A subscription's filter policy: a pattern, like EventBridge's, on the message's attributes or on its body.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
/// </summary>
internal sealed class SubscriptionFilter
{
    private const int MostKeys = 5;
    private const int MostCombinations = 150;

    private readonly EventPattern _pattern;
    private readonly bool _ofBody;

    private SubscriptionFilter(EventPattern pattern, bool ofBody) => (_pattern, _ofBody) = (pattern, ofBody);

    /// <param name="scope">MessageAttributes or MessageBody; null for the first.</param>
    /// <exception cref="FormatException">SNS would refuse it; the message says why.</exception>
    public static SubscriptionFilter Read(JsonObject policy, string? scope)
    {
        if (scope is not (null or "MessageAttributes" or "MessageBody"))
        {
            throw new FormatException($"FilterPolicyScope is MessageAttributes or MessageBody, not '{scope}'");
        }

        var ofBody = scope == "MessageBody";
        var arrays = ArraysIn(policy).ToList();
        if (!ofBody && policy.Any(key => key.Value is JsonObject))
        {
            throw new FormatException("a filter policy on attributes is not nested");
        }

        if ((ofBody ? policy.Count : arrays.Count) > MostKeys)
        {
            throw new FormatException($"a filter policy has at most {MostKeys} keys");
        }

        if (arrays.Aggregate(1L, (product, array) => product * Math.Max(array.Count, 1)) > MostCombinations)
        {
            throw new FormatException($"a filter policy has at most {MostCombinations} combinations of values");
        }

        return Compile(policy, ofBody);
    }

    /// <summary>Whether the subscription takes it.</summary>
    /// <param name="attributes">name → { Type, Value }.</param>
    public bool Takes(string message, JsonObject attributes)
    {
        try
        {
            var subject = _ofBody ? message : Flat(attributes).ToJsonString();
            using var document = JsonDocument.Parse(subject);
            return document.RootElement.ValueKind == JsonValueKind.Object && _pattern.Matches(document.RootElement);
        }
        catch (JsonException)
        {
            // A body that is not JSON satisfies no policy on the body.
            return false;
        }
    }

    private static SubscriptionFilter Compile(JsonObject policy, bool ofBody)
    {
        try
        {
            return new(EventPattern.Parse(policy.ToJsonString()), ofBody);
        }
        catch (EventPatternException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The alternatives of each key, those inside of $or too.</summary>
    private static IEnumerable<JsonArray> ArraysIn(JsonObject fields) => fields.SelectMany(field => field.Value switch
    {
        JsonObject nested => ArraysIn(nested),
        JsonArray choices when field.Key == "$or" => choices.OfType<JsonObject>().SelectMany(ArraysIn),
        JsonArray alternatives => [alternatives],
        _ => [],
    });

    /// <summary>Attributes of a type that SNS compares, by name: binary ones it ignores.</summary>
    private static JsonObject Flat(JsonObject attributes)
    {
        var flat = new JsonObject();
        foreach (var (name, attribute) in attributes)
        {
            var (type, value) = (attribute!["Type"]!.ToString(), attribute["Value"]!.ToString());
            if (ValueOf(type, value) is { } node) flat[name] = node;
        }

        return flat;
    }

    private static JsonNode? ValueOf(string type, string value) => type switch
    {
        "String.Array" => JsonNode.Parse(value),
        _ when type.StartsWith("Number", StringComparison.Ordinal) =>
            decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
        _ when type.StartsWith("String", StringComparison.Ordinal) => JsonValue.Create(value),
        _ => null,
    };
}
