using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.Logs;

/// <summary>
/// A pattern for lines of JSON, such as <c>{ ($.level = "Error") &amp;&amp; ($.retries &gt;= 2) }</c>. What compares a
/// member wants it to be there. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed partial class JsonFilter
{
    private readonly string _pattern;
    private readonly Func<string, ServiceError> _invalid;
    private readonly List<Match> _tokens;
    private readonly Func<JsonElement, bool> _test;
    private int _next;

    /// <param name="pattern">With its braces.</param>
    /// <param name="invalid">Makes the error for a pattern that is none.</param>
    public JsonFilter(string pattern, Func<string, ServiceError> invalid)
    {
        (_pattern, _invalid) = (pattern, invalid);
        if (!pattern.EndsWith('}') || !Form().IsMatch(pattern[1..^1])) throw invalid(pattern);
        _tokens = [.. Token().Matches(pattern[1..^1]).Cast<Match>()];
        _test = ReadAny();
        if (_next < _tokens.Count) throw invalid(pattern);
    }

    public bool Matches(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return _test(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private Func<JsonElement, bool> ReadAny()
    {
        List<Func<JsonElement, bool>> tests = [ReadAll()];
        while (Skip("||")) tests.Add(ReadAll());
        return line => tests.Exists(test => test(line));
    }

    private Func<JsonElement, bool> ReadAll()
    {
        List<Func<JsonElement, bool>> tests = [ReadOne()];
        while (Skip("&&")) tests.Add(ReadOne());
        return line => tests.TrueForAll(test => test(line));
    }

    private Func<JsonElement, bool> ReadOne()
    {
        if (Skip("("))
        {
            var inside = ReadAny();
            return Skip(")") ? inside : throw _invalid(_pattern);
        }
        var selector = Take();
        if (!selector.Groups["selector"].Success) throw _invalid(_pattern);
        var steps = Step()
            .Matches(selector.Value)
            .Select(step => step.Groups["name"].Success ? step.Groups["name"].Value : step.Groups["index"].Value)
            .ToList();
        var test = ReadTest();
        return line => test(Find(line, steps));
    }

    private Func<JsonElement?, bool> ReadTest()
    {
        var verb = Take().Value;
        switch (verb)
        {
            case "NOT" when Skip("EXISTS"):
                return member => member is null;
            case "IS":
                var kind = Take().Value switch
                {
                    "NULL" => JsonValueKind.Null,
                    "TRUE" => JsonValueKind.True,
                    "FALSE" => JsonValueKind.False,
                    _ => throw _invalid(_pattern),
                };
                return member => member?.ValueKind == kind;
            case "=":
                return Equal(Take());
            case "!=":
                var equal = Equal(Take());
                return member => member is not null && !equal(member);
            case "<" or ">" or "<=" or ">=":
                return Compared(verb, Take());
            default:
                throw _invalid(_pattern);
        }
    }

    private Func<JsonElement?, bool> Equal(Match value)
    {
        if (value.Groups["phrase"] is { Success: true, Value: var phrase })
        {
            return member =>
                member is { ValueKind: JsonValueKind.String } text && Glob.Matches(phrase, text.GetString()!);
        }

        if (value.Groups["word"] is not { Success: true, Value: var word } || word.StartsWith('%'))
        {
            throw _invalid(_pattern);
        }

        var number = Number(word);
        return member => member switch
        {
            { ValueKind: JsonValueKind.Number } given when number is not null => given.GetDouble() == number,
            { ValueKind: JsonValueKind.Number or JsonValueKind.String } given => Glob.Matches(word, given.ToString()),
            _ => false,
        };
    }

    private Func<JsonElement?, bool> Compared(string comparison, Match value)
    {
        var limit = Number(value.Value) ?? throw _invalid(_pattern);
        return member => member is { ValueKind: JsonValueKind.Number } given && comparison switch
        {
            "<" => given.GetDouble() < limit,
            ">" => given.GetDouble() > limit,
            "<=" => given.GetDouble() <= limit,
            _ => given.GetDouble() >= limit,
        };
    }

    /// <summary>Null where there is none; a JSON null is one.</summary>
    private static JsonElement? Find(JsonElement line, List<string> steps)
    {
        foreach (var step in steps)
        {
            if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty(step, out var member)) line = member;
            else if (line.ValueKind == JsonValueKind.Array
                && int.TryParse(step, CultureInfo.InvariantCulture, out var place)
                && place < line.GetArrayLength())
            {
                line = line[place];
            }
            else return null;
        }
        return line;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Match Take() => _next < _tokens.Count ? _tokens[_next++] : throw _invalid(_pattern);

    private bool Skip(string token)
    {
        if (_next == _tokens.Count || _tokens[_next].Value != token) return false;
        _next++;
        return true;
    }

    private const string Tokens =
        """(?<selector>\$(\.[A-Za-z0-9_\-]+|\[[0-9]{1,9}\]|\["[^"]+"\])+)|(?<sign>&&|\|\||!=|<=|>=|[=<>()])|"(?<phrase>[^"]*)"|(?<word>[^\s()&|=<>!"$]+)""";

    [GeneratedRegex($@"^\s*(({Tokens})\s*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(Tokens, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex("""\.(?<name>[A-Za-z0-9_\-]+)|\["(?<name>[^"]+)"\]|\[(?<index>[0-9]+)\]""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
