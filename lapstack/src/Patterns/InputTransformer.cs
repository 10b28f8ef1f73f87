using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Ground;

namespace Lapstack.Patterns;

/// <summary>
/// `InputTransformer`: values taken from the event by JSON path and put into a template in place of their &lt;name&gt;.
/// Between the quotes of a JSON string a value appears as text, elsewhere as JSON (a string brings its own quotes).
/// A path that leads nowhere becomes an empty string.
/// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html.
/// </summary>
public sealed partial class InputTransformer : TargetInput
{
    /// <summary>How long a template may be, in characters.</summary>
    public const int LongestTemplate = 8192;

    /// <summary>How many paths there may be.</summary>
    public const int MostPaths = 100;

    private static readonly HashSet<string> Predefined =
    [
        "aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event",
        "aws.events.event.json",
    ];

    private readonly Dictionary<string, JsonPath> _paths;
    private readonly string _template;

    private InputTransformer(Dictionary<string, JsonPath> paths, string template) =>
        (_paths, _template) = (paths, template);

    /// <exception cref="EventPatternException">EventBridge would refuse it; the message says why.</exception>
    public static InputTransformer Parse(IReadOnlyDictionary<string, string> pathsMap, string template)
    {
        if (template.Length is 0 or > LongestTemplate)
            throw new EventPatternException(
                $"InputTemplate must have 1 to {LongestTemplate} characters, but it has {template.Length}.");
        if (pathsMap.Count > MostPaths)
            throw new EventPatternException(
                $"InputPathsMap may have at most {MostPaths} entries, but it has {pathsMap.Count}.");
        var paths = new Dictionary<string, JsonPath>();
        foreach (var (name, path) in pathsMap)
        {
            if (!PathName().IsMatch(name) || name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase))
                throw new EventPatternException(
                    $"InputPathsMap key '{name}' is not valid: letters, digits, - and _, not beginning with AWS.");
            paths[name] = JsonPath.Parse(path);
        }
        var transformer = new InputTransformer(paths, template);
        transformer.Validate();
        return transformer;
    }

    public override string Of(JsonElement @event, RuleFacts rule)
    {
        return Fill(name => name switch
        {
            "aws.events.rule-arn" => JsonValue.Create(rule.RuleArn),
            "aws.events.rule-name" => JsonValue.Create(rule.RuleName),
            "aws.events.event.ingestion-time" => IsoTime.Seconds(rule.IngestionTime),
            "aws.events.event.json" => JsonPath.ToNode(@event),
            "aws.events.event" => WithoutDetail(@event),
            _ => _paths[name].Find(@event) ?? "",
        });
    }

    private static JsonObject WithoutDetail(JsonElement @event)
    {
        var rest = JsonObject.Create(@event)!;
        rest.Remove("detail");
        return rest;
    }

    /// <summary>The template with each placeholder replaced, by whether it stands inside a JSON string.</summary>
    private string Fill(Func<string, JsonNode?> valueOf)
    {
        var filled = new StringBuilder();
        var inString = false;
        for (var at = 0; at < _template.Length; at++)
        {
            var placeholder = _template[at] == '<' ? Placeholder().Match(_template, at) : Match.Empty;
            if (placeholder.Success)
            {
                var value = valueOf(placeholder.Groups[1].Value);
                filled.Append(inString ? AsText(value) : AsJson(value));
                at += placeholder.Length - 1;
                continue;
            }
            if (_template[at] == '"') inString = !inString;
            filled.Append(_template[at]);
            // What a backslash escapes is content, a quote above all.
            if (inString && _template[at] == '\\' && at + 1 < _template.Length) filled.Append(_template[++at]);
        }
        return filled.ToString();
    }

    private static string AsJson(JsonNode? value) => value?.ToJsonString(JsonText.Plain) ?? "null";

    // An object or array inside a string loses its quotes, as at the service: they would end the string.
    private static string AsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String
        ? JsonText.Escape(value.GetValue<string>())
        : AsJson(value).Replace("\\\"", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

    private void Validate()
    {
        var sample = Fill(name => _paths.ContainsKey(name) || Predefined.Contains(name)
            ? "x"
            : throw new EventPatternException(
                $"InputTemplate contains invalid placeholder {name}: it is not a key of InputPathsMap."));
        if (_template.TrimStart().StartsWith('{') || _template.TrimStart().StartsWith('[')) RequireJson(sample);
    }

    private static void RequireJson(string sample)
    {
        try
        {
            using var document = JsonDocument.Parse(sample);
        }
        catch (JsonException notJson)
        {
            throw new EventPatternException(
                $"InputTemplate is not valid JSON once its placeholders are replaced: {notJson.Message}", notJson);
        }
    }

    [GeneratedRegex(@"\G<([A-Za-z0-9_.\-]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9_\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathName();
}
