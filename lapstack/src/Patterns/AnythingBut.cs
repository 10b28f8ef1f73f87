using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>
/// {"anything-but": …}: a string or number, a list of one kind, or a prefix, suffix, equals-ignore-case or wildcard of
/// one or several strings. The field must be there; null counts as a value, and a value of another kind is something
/// else.
/// </summary>
internal static class AnythingBut
{
    public static FieldMatcher Compile(string path, JsonElement value)
    {
        var excluded = value.ValueKind == JsonValueKind.Object
            ? Texts(path, MatchExpression.OnlyMember(path, value))
            : Values(path, value);
        return new FieldMatcher(field => !excluded.Any(matcher => matcher.Matches(field)));
    }

    private static List<FieldMatcher> Values(string path, JsonElement value)
    {
        var values = OneOrMany(value);
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.String or JsonValueKind.Number))
            throw EventPatternException.At(
                path, "Value of anything-but must be an array or single string/number value.");
        if (values.Any(static v => v.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)))
            throw EventPatternException.At(path, "Inside anything but list, start|null|boolean is not supported.");
        if (values.Select(static v => v.ValueKind).Distinct().Count() != 1)
            throw EventPatternException.At(
                path, "Inside anything but list, either all values are number or string, mixed type is not supported");
        return [.. values.Select(v => v.ValueKind == JsonValueKind.String
            ? MatchExpression.Exactly(v.GetString()!)
            : Number(path, v.GetRawText()))];
    }

    private static FieldMatcher Number(string path, string literal) => ExactNumber.Of(literal) is null
        ? throw EventPatternException.At(path, $"Cannot compare number : {literal}")
        : MatchExpression.EqualNumber(literal);

    private static List<FieldMatcher> Texts(string path, JsonProperty expression)
    {
        Func<string, FieldMatcher> matcher = expression.Name switch
        {
            "prefix" => affix => FieldMatcher.OnText(text => text.StartsWith(affix, StringComparison.Ordinal)),
            "suffix" => affix => FieldMatcher.OnText(text => text.EndsWith(affix, StringComparison.Ordinal)),
            "equals-ignore-case" => MatchExpression.EqualIgnoringCase,
            "wildcard" => pattern => MatchExpression.Glob(path, pattern),
            _ => throw EventPatternException.At(path, $"Unsupported anything-but pattern: {expression.Name}"),
        };
        var isAffix = expression.Name is "prefix" or "suffix";
        List<FieldMatcher> matchers = [];
        foreach (var value in OneOrMany(expression.Value))
        {
            if (value.ValueKind != JsonValueKind.String) throw EventPatternException.At(path, NotText(expression.Name));
            if (isAffix && value.GetString() == "")
            {
                throw EventPatternException.At(path, "Null prefix/suffix not allowed");
            }

            matchers.Add(matcher(value.GetString()!));
        }
        if (matchers.Count == 0) throw EventPatternException.At(path, "Empty arrays are not allowed");
        return matchers;
    }

    private static string NotText(string name) => name switch
    {
        "wildcard" => "wildcard match pattern must be a string",
        "equals-ignore-case" =>
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
        _ => "prefix/suffix match pattern must be a string",
    };

    private static List<JsonElement> OneOrMany(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
}
