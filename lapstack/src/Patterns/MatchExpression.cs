using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>One alternative of a field: a plain value, or an object with one operator.</summary>
internal static class MatchExpression
{
    private static readonly Dictionary<string, Func<string, JsonElement, FieldMatcher>> Compilers = new()
    {
        ["exactly"] = (path, value) => Exactly(Text(path, "exact", value)),
        ["prefix"] = (path, value) =>
            Affix(path, "prefix", value, static (text, affix, how) => text.StartsWith(affix, how)),
        ["suffix"] = (path, value) =>
            Affix(path, "suffix", value, static (text, affix, how) => text.EndsWith(affix, how)),
        ["equals-ignore-case"] = (path, value) => EqualIgnoringCase(Text(path, "equals-ignore-case", value)),
        ["wildcard"] = (path, value) => Glob(path, Text(path, "wildcard", value)),
        ["cidr"] = Cidr,
        ["exists"] = Exists,
        ["numeric"] = NumericRange.Compile,
        ["anything-but"] = AnythingBut.Compile,
    };

    public static IReadOnlyCollection<string> Operators => Compilers.Keys;

    public static FieldMatcher Compile(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => CompileOperator(path, value),
        JsonValueKind.String => Equal(value.GetString()!),
        JsonValueKind.Number => EqualNumber(value.GetRawText()),
        JsonValueKind.Array =>
            throw EventPatternException.At(path, "Match value must be String, number, true, false, or null"),
        var literal => new FieldMatcher(field => field.Kind == literal),
    };

    /// <summary>The only member of an expression's object.</summary>
    public static JsonProperty OnlyMember(string path, JsonElement expression)
    {
        using var members = expression.EnumerateObject();
        if (!members.MoveNext()) throw EventPatternException.At(path, "Match expression name not found");
        var only = members.Current;
        if (members.MoveNext()) throw EventPatternException.At(path, "Only one key allowed in match expression");
        return only;
    }

    /// <summary>
    /// A plain string. One address has many spellings, and a pattern that gives one means the address.
    /// </summary>
    public static FieldMatcher Equal(string text) =>
        IpNetwork.OfAddress(text) is { } address ? FieldMatcher.OnText(address.Contains) : Exactly(text);

    public static FieldMatcher Exactly(string text) => FieldMatcher.OnText(value => value == text);

    public static FieldMatcher EqualNumber(string literal)
    {
        var number = ExactNumber.Of(literal);
        return new FieldMatcher(field => field.Kind == JsonValueKind.Number
            && (field.Number is { } value ? value == number : field.Text == literal));
    }

    public static FieldMatcher EqualIgnoringCase(string text) =>
        FieldMatcher.OnText(value => value.Equals(text, StringComparison.OrdinalIgnoreCase));

    public static FieldMatcher Glob(string path, string pattern)
    {
        try
        {
            return FieldMatcher.OnText(Wildcard.Parse(pattern).Matches);
        }
        catch (FormatException malformed)
        {
            throw EventPatternException.At(path, malformed.Message);
        }
    }

    private static FieldMatcher CompileOperator(string path, JsonElement expression)
    {
        var only = OnlyMember(path, expression);
        return Compilers.TryGetValue(only.Name, out var compile)
            ? compile(path, only.Value)
            : throw EventPatternException.At(path, $"Unrecognized match type {only.Name}");
    }

    private static FieldMatcher Affix(
        string path, string name, JsonElement value, Func<string, string, StringComparison, bool> matches)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            var affix = Text(path, name, value);
            return FieldMatcher.OnText(text => matches(text, affix, StringComparison.Ordinal));
        }
        var only = OnlyMember(path, value);
        if (only.Name != "equals-ignore-case")
        {
            throw EventPatternException.At(path, $"Unsupported {name} pattern: {only.Name}");
        }

        var anyCase = Text(path, only.Name, only.Value);
        return FieldMatcher.OnText(text => matches(text, anyCase, StringComparison.OrdinalIgnoreCase));
    }

    private static FieldMatcher Cidr(string path, JsonElement value)
    {
        try
        {
            return FieldMatcher.OnText(IpNetwork.Parse(Text(path, "cidr", value)).Contains);
        }
        catch (FormatException malformed)
        {
            throw EventPatternException.At(path, malformed.Message);
        }
    }

    private static FieldMatcher Exists(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => FieldMatcher.Present,
        JsonValueKind.False => FieldMatcher.Absent,
        _ => throw EventPatternException.At(path, "exists match pattern must be either true or false"),
    };

    private static string Text(string path, string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw EventPatternException.At(path, $"{name} match pattern must be a string");
}
