using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lapstack.Wire;

/// <summary>
/// Reads the members of a request or a definition; a member of the wrong kind is refused, never ignored.
/// </summary>
internal static class JsonMembers
{
    public static string? Text(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Malformed(name, "a string"),
    };

    /// <summary>A whole number, also one in a string: CloudFormation writes <c>"512"</c>.</summary>
    public static int? Number(this JsonObject input, string name) => input.Long(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var number => (int)number,
        _ => throw Malformed(name, "a whole number of 32 bits"),
    };

    /// <summary>A whole number of 64 bits, such as a time in milliseconds.</summary>
    public static long? Long(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonValue value when long.TryParse(
            value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Malformed(name, "a whole number"),
    };

    public static bool Flag(this JsonObject input, string name, bool otherwise = false) => input[name] switch
    {
        null => otherwise,
        JsonValue value when bool.TryParse(value.ToString(), out var flag) => flag,
        _ => throw Malformed(name, "true or false"),
    };

    /// <summary>An empty object when absent.</summary>
    public static JsonObject Structure(this JsonObject input, string name) => input[name] switch
    {
        null => [],
        JsonObject structure => structure,
        _ => throw Malformed(name, "a structure"),
    };

    public static IReadOnlyList<JsonObject> Structures(this JsonObject input, string name) =>
        [.. Items(input, name).Select(item => item as JsonObject ?? throw Malformed(name, "a list of structures"))];

    /// <summary>Null when absent, which is not the same as empty.</summary>
    public static IReadOnlyList<string>? Texts(this JsonObject input, string name) =>
        input[name] is null
            ? null
            : [.. Items(input, name).Select(item => item?.ToString() ?? throw Malformed(name, "a list of strings"))];

    /// <summary>A list of name and value pairs, as <c>environment</c> and <c>secrets</c> are.</summary>
    public static IReadOnlyDictionary<string, string> Pairs(this JsonObject input, string name, string value = "value")
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in input.Structures(name)) pairs[pair.Text("name") ?? ""] = pair.Text(value) ?? "";
        return pairs;
    }

    private static JsonArray Items(JsonObject input, string name) => input[name] switch
    {
        null => [],
        JsonArray array => array,
        _ => throw Malformed(name, "a list"),
    };

    private static ServiceError Malformed(string name, string kind) =>
        new("SerializationException", $"{name} must be {kind}.");
}
