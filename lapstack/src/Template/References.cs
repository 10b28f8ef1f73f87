using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lapstack.Template;

/// <summary>Which resources a declaration needs before it can exist.</summary>
internal static partial class References
{
    /// <summary>
    /// Names in Ref, Fn::GetAtt, Fn::Sub and DependsOn; parameters and pseudo parameters are among them.
    /// </summary>
    public static IEnumerable<string> In(JsonObject resource)
    {
        var explicitly = resource["DependsOn"] switch
        {
            JsonArray many => many.Select(d => (string)d!),
            JsonValue one => [(string)one!],
            _ => [],
        };
        return explicitly.Concat(InProperties(resource));
    }

    /// <summary>The same without DependsOn, which only says what comes first.</summary>
    public static IEnumerable<string> InProperties(JsonObject resource) => Below(resource["Properties"]);

    /// <summary>Names in the functions of a value.</summary>
    public static IEnumerable<string> Below(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(Below),
        JsonObject { Count: 1 } function when Named(function) is { } names => names,
        JsonObject map => map.SelectMany(member => Below(member.Value)),
        _ => [],
    };

    /// <summary>
    /// The resources in an order in which each comes after what it refers to, otherwise as in the template.
    /// </summary>
    /// <exception cref="TemplateException">They refer to each other in a circle.</exception>
    public static IReadOnlyList<string> Order(IReadOnlyDictionary<string, JsonObject> resources)
    {
        var ordered = new List<string>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var id in resources.Keys) Visit(id, []);
        return ordered;

        void Visit(string id, IReadOnlyList<string> path)
        {
            if (state.TryGetValue(id, out var done))
            {
                if (done) return;
                throw new TemplateException(
                    $"Circular dependency between resources: {string.Join(" → ", path.Append(id))}.");
            }

            state[id] = false;
            foreach (var needed in In(resources[id]).Where(resources.ContainsKey).Distinct())
            {
                Visit(needed, [.. path, id]);
            }

            state[id] = true;
            ordered.Add(id);
        }
    }

    [GeneratedRegex(@"\$\{(?!!)([^}.]+)[^}]*\}")]
    internal static partial Regex SubToken();

    private static IEnumerable<string>? Named(JsonObject function)
    {
        var (name, argument) = function.First();
        return Named(name, argument);
    }

    private static IEnumerable<string>? Named(string function, JsonNode? argument) => function switch
    {
        "Ref" => [(string)argument!],
        "Fn::GetAtt" => [argument is JsonArray parts ? (string)parts[0]! : ((string)argument!).Split('.')[0]],
        "Fn::Sub" when argument is JsonArray { Count: 2 } pair => Tokens((string)pair[0]!).Concat(Below(pair[1])),
        "Fn::Sub" => Tokens((string)argument!),
        _ => null,
    };

    private static IEnumerable<string> Tokens(string text) =>
        SubToken().Matches(text).Select(m => m.Groups[1].Value.Trim());
}
