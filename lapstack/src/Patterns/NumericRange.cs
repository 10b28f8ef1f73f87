using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>
/// {"numeric": ["=", 5]}, one bound (["&lt;", 10]), or a lower and then an upper bound ([">", 0, "&lt;=", 5]).
/// Only JSON numbers satisfy it; "5" in quotes does not.
/// </summary>
internal static class NumericRange
{
    public static FieldMatcher Compile(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw EventPatternException.At(path, "Value of numeric must be an array.");
        }

        var terms = value.EnumerateArray().ToList();
        if (terms.Count == 0 || terms[0].ValueKind != JsonValueKind.String)
            throw EventPatternException.At(
                path, $"Invalid member in numeric match: {(terms.Count == 0 ? "none" : terms[0].GetRawText())}");
        var first = terms[0].GetString()!;
        var bound = Bound(path, first is "=" ? "equals" : first, terms, 1);
        var test = Test(first) ?? throw EventPatternException.At(path, $"Unrecognized numeric range operator: {first}");
        if (terms.Count == 2) return OnNumber(number => test(number, bound));
        if (first is not (">" or ">=")) throw EventPatternException.At(path, "Too many elements in numeric expression");
        return Between(path, terms, test, bound);
    }

    private static FieldMatcher Between(
        string path, List<JsonElement> terms, Func<double, double, bool> aboveBottom, double bottom)
    {
        if (terms[2].ValueKind != JsonValueKind.String)
            throw EventPatternException.At(path, $"Bad value in numeric range: {terms[2].GetRawText()}");
        var second = terms[2].GetString()!;
        if (second is not ("<" or "<=")) throw EventPatternException.At(path, $"Bad numeric range operator: {second}");
        var top = Bound(path, second, terms, 3);
        if (terms.Count > 4) throw EventPatternException.At(path, "Too many terms in numeric range expression");
        if (bottom >= top) throw EventPatternException.At(path, "Bottom must be less than top");
        var belowTop = Test(second)!;
        return OnNumber(number => aboveBottom(number, bottom) && belowTop(number, top));
    }

    private static FieldMatcher OnNumber(Func<double, bool> matches) =>
        new(field => field.Number is { } number && matches(number));

    private static double Bound(string path, string name, List<JsonElement> terms, int index)
    {
        if (terms.Count <= index || terms[index].ValueKind != JsonValueKind.Number)
            throw EventPatternException.At(path, $"Value of {name} must be numeric");
        var literal = terms[index].GetRawText();
        return ExactNumber.Of(literal) ?? throw EventPatternException.At(path, $"Cannot compare number : {literal}");
    }

    private static Func<double, double, bool>? Test(string comparison) => comparison switch
    {
        "=" => static (number, bound) => number == bound,
        "<" => static (number, bound) => number < bound,
        "<=" => static (number, bound) => number <= bound,
        ">" => static (number, bound) => number > bound,
        ">=" => static (number, bound) => number >= bound,
        _ => null,
    };
}
