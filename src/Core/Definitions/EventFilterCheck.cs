using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Jobs.Core.Definitions;

/// <summary>
/// What a field of an event pattern may be: a value, or an object with one operator. That a wildcard is too complex
/// only EventBridge knows.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
/// </summary>
internal static class EventFilterCheck
{
    private static readonly Dictionary<string, Func<JsonElement, (string Rule, string Remedy)?>> Checks = new()
    {
        ["exactly"] = Text("exactly"),
        ["prefix"] = Affix("prefix"),
        ["suffix"] = Affix("suffix"),
        ["equals-ignore-case"] = Text("equals-ignore-case"),
        ["wildcard"] = Wildcard,
        ["cidr"] = Cidr,
        ["exists"] = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? null
            : ("exists is true or false", """Write {"exists": true}."""),
        ["numeric"] = Numeric,
        ["anything-but"] = AnythingBut,
    };

    public static IReadOnlyCollection<string> Operators => Checks.Keys;

    /// <param name="place">The field, for the fault.</param>
    /// <param name="filter">One of the alternatives that its array has.</param>
    public static IEnumerable<EventPatternFault> Faults(string place, JsonElement filter)
    {
        var fault = filter.ValueKind switch
        {
            JsonValueKind.Array => ("an alternative is a value or an operator, not an array", "Write one array."),
            JsonValueKind.Object => Operator(filter),
            JsonValueKind.Number when !IsNumber(filter) =>
                ("a number has no more digits than a double holds, some 15", "Round it, or match a text."),
            _ => ((string, string)?)null,
        };
        if (fault is var (rule, remedy)) yield return new(place, rule, filter.GetRawText(), remedy);
    }

    private static (string, string)? Operator(JsonElement filter) =>
        OnlyMember(filter) is not { } only
            ? ("an operator is an object with one member", """Write {"prefix": "a"}.""")
            : Checks.TryGetValue(only.Name, out var check)
                ? check(only.Value)
                : ($"there is no operator '{Excerpt.Of(only.Name, 60)}'",
                    Spelling.Nearest(only.Name, Operators) is { } nearest
                        ? $"Did you mean '{nearest}'?"
                        : $"Use one of {string.Join(", ", Operators)}.");

    private static JsonProperty? OnlyMember(JsonElement value) =>
        value.EnumerateObject().ToList() is [var only] ? only : null;

    private static Func<JsonElement, (string, string)?> Text(string name) => value =>
        value.ValueKind == JsonValueKind.String ? null : ($"{name} has a text", $$"""Write {"{{name}}": "a"}.""");

    private static Func<JsonElement, (string, string)?> Affix(string name) => value =>
        value.ValueKind == JsonValueKind.Object
            && OnlyMember(value) is { Name: "equals-ignore-case", Value.ValueKind: JsonValueKind.String }
            ? null
            : Text(name)(value);

    private static (string, string)? Wildcard(JsonElement value)
    {
        if (Text("wildcard")(value) is { } fault) return fault;
        var text = value.GetString()!;
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            if (text[i] == '*' && next == '*') return ("a wildcard has no two stars in a row", "Write one star.");
            if (text[i] != '\\') continue;
            if (next is not ('*' or '\\')) return (@"a backslash in a wildcard stands before * or \", @"Write \\.");
            i++;
        }

        return null;
    }

    private static (string, string)? Cidr(JsonElement value)
    {
        if (Text("cidr")(value) is { } fault) return fault;
        return value.GetString()!.Split('/') is [var address, var bits]
            && AddressBits(address) is { } most
            && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            && given < most
            ? null
            : ("cidr is an address and the bits of its network, fewer than all",
                """Write {"cidr": "10.0.0.0/24"}.""");
    }

    /// <summary>Null for what is no address. .NET alone would take 1 and 0x10.1 for one.</summary>
    private static int? AddressBits(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return text.All(c => char.IsAsciiHexDigit(c) || c == ':') && IPAddress.TryParse(text, out _) ? 128 : null;
        }

        var octets = text.Split('.');
        return octets.Length == 4
            && octets.All(octet => byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? 32
            : null;
    }

    private static (string, string)? Numeric(JsonElement value)
    {
        var terms = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [];
        var isOne = terms.Count == 2 && IsBound(terms, 0, "=", "<", "<=", ">", ">=");
        var isRange = terms.Count == 4
            && IsBound(terms, 0, ">", ">=")
            && IsBound(terms, 2, "<", "<=")
            && terms[1].GetDouble() < terms[3].GetDouble();
        return isOne || isRange
            ? null
            : ("numeric is a comparison and a number, or a lower and then an upper bound",
                """Write {"numeric": [">", 0, "<=", 5]}.""");
    }

    private static bool IsBound(List<JsonElement> terms, int index, params string[] comparisons) =>
        terms[index].ValueKind == JsonValueKind.String
        && comparisons.Contains(terms[index].GetString())
        && IsNumber(terms[index + 1]);

    /// <summary>One that a double can hold.</summary>
    private static bool IsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.GetDouble() is var number
        && double.IsFinite(number)
        && (number != 0 || !value.GetRawText().Split('e', 'E')[0].Any(c => c is >= '1' and <= '9'))
        && IsWhole(value, number);

    /// <summary>Whether the double has all digits that were written.</summary>
    private static bool IsWhole(JsonElement value, double number) =>
        !value.TryGetDecimal(out var written)
        || (decimal.TryParse(
            number.ToString("R", CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var held)
            && held == written);

    private static (string, string)? AnythingBut(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object) return AnythingButText(value);
        var values = OneOrMany(value);
        return values.Count > 0
            && (values.TrueForAll(IsText) || values.TrueForAll(IsNumber))
            ? null
            : ("anything-but has a text or a number, or an array of one kind of them",
                """Write {"anything-but": ["running", "pending"]}.""");
    }

    private static (string, string)? AnythingButText(JsonElement value)
    {
        if (OnlyMember(value) is not { Name: "prefix" or "suffix" or "equals-ignore-case" or "wildcard" } only)
        {
            return ("anything-but has prefix, suffix, equals-ignore-case or wildcard in it, and one of them",
                """Write {"anything-but": {"prefix": "test-"}}.""");
        }

        var texts = OneOrMany(only.Value);
        var mayBeEmpty = only.Name is "equals-ignore-case" or "wildcard";
        if (texts.Count == 0 || !texts.TrueForAll(text => IsText(text) && (mayBeEmpty || text.GetString() != "")))
        {
            return ($"{only.Name} in anything-but has a text that is not empty, or an array of such",
                $$$"""Write {"anything-but": {"{{{only.Name}}}": "a"}}.""");
        }

        return only.Name == "wildcard"
            ? texts.Select(Wildcard).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static List<JsonElement> OneOrMany(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
}
