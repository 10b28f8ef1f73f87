using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lapstack.Patterns;

/// <summary>
/// The JSON paths EventBridge documents: `$`, `.name`, `['name']`, `[0]` and the wildcards `.*` and `[*]`.
/// </summary>
internal sealed partial class JsonPath
{
    private readonly List<Step> _steps;

    private JsonPath(List<Step> steps) => _steps = steps;

    /// <exception cref="EventPatternException">The text is no such path.</exception>
    public static JsonPath Parse(string text)
    {
        if (!Form().IsMatch(text))
            throw new EventPatternException(
                $"JSON path '{text}' is not valid: it starts with $ and continues with .name, ['name'], [0], .* or [*].");
        return new JsonPath([.. Steps().Matches(text).Select(step => Read(step.Groups))]);
    }

    /// <summary>
    /// The value at the path; with a wildcard the array of all values; null where there is none, or a JSON null.
    /// </summary>
    public JsonNode? Find(JsonElement document)
    {
        IEnumerable<JsonElement> found = [document];
        foreach (var step in _steps) found = found.SelectMany(value => Take(value, step));
        var nodes = found.Select(ToNode).ToArray();
        return _steps.Any(step => step.IsWildcard) ? new JsonArray(nodes) : nodes.FirstOrDefault();
    }

    public static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static IEnumerable<JsonElement> Take(JsonElement value, Step step)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (step.IsWildcard) return value.EnumerateObject().Select(member => member.Value);
            if (step.Name is { } name && value.TryGetProperty(name, out var member)) return [member];
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            if (step.IsWildcard) return value.EnumerateArray();
            if (step.Index < value.GetArrayLength()) return [value[step.Index.Value]];
        }
        return [];
    }

    private static Step Read(GroupCollection groups)
    {
        if (groups["name"].Success) return new Step(groups["name"].Value, null, false);
        if (groups["index"].Success)
        {
            return new Step(null, int.Parse(groups["index"].Value, CultureInfo.InvariantCulture), false);
        }

        return new Step(null, null, true);
    }

    [GeneratedRegex(@"^\$(\.[^.\[\]*'""\s]+|\['[^']+'\]|\[[0-9]{1,9}\]|\.\*|\[\*\])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\.(?<name>[^.\[\]*'""\s]+)|\['(?<name>[^']+)'\]|\[(?<index>[0-9]{1,9})\]|\.\*|\[\*\]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Steps();

    private readonly record struct Step(string? Name, int? Index, bool IsWildcard);
}
