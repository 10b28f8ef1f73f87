using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services;

/// <summary>
/// Values that the laptop's owner keeps outside the stack, by the name of a parameter or a secret. <c>NAME:key</c> is
/// one member of a secret that is a JSON object.
/// </summary>
internal sealed class UserSecrets(IReadOnlyDictionary<string, string> values)
{
    private const char Separator = ':';

    /// <summary>Names of which there is a value or a member.</summary>
    public IEnumerable<string> Names =>
        values.Keys.Select(key => key.Split(Separator)[0]).Distinct(StringComparer.Ordinal);

    /// <summary>The whole value; null when there is none.</summary>
    public string? ValueOf(string name) => values.GetValueOrDefault(name);

    /// <summary>The value with the members that are kept by themselves.</summary>
    /// <param name="current">Takes the members where there is no whole value. Other than a JSON object, it gives way to
    /// one.</param>
    /// <returns>Null when there is neither value nor member.</returns>
    public string? ValueOf(string name, string? current)
    {
        var prefix = name + Separator;
        var members = values.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (members.Count == 0) return ValueOf(name);
        var whole = (ValueOf(name) ?? current) is { } text ? ForeignJson.Object(text) ?? [] : [];
        if (members.All(one => IsText(whole[one.Key[prefix.Length..]], one.Value))) return ValueOf(name) ?? current;
        foreach (var (key, value) in members) whole[key[prefix.Length..]] = value;
        return whole.ToJsonString(JsonText.Plain);
    }

    private static bool IsText(JsonNode? node, string text) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == text;
}
