using System.Text.Json;

namespace Jobs.Core.Inputs;

/// <summary>
/// What a JSON document may have although the parser accepts it, and which means something else to each reader: a text
/// with half of a surrogate pair, and a member that is there twice. RFC 8259 leaves both to the reader.
/// https://www.rfc-editor.org/rfc/rfc8259#section-4
/// </summary>
public static class JsonFaults
{
    private const int ShownName = 60;

    /// <returns>The first fault, as the rule with its place and the value; null when there is none.</returns>
    public static (string Rule, string Value)? First(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.String when TextOf(value.GetString) is null => (HalfPair(place), value.GetRawText()),
        JsonValueKind.Object => InMembers(value, place),
        JsonValueKind.Array =>
            value.EnumerateArray()
                .Select((item, index) => First(item, $"{place}[{index}]"))
                .FirstOrDefault(fault => fault is not null),
        _ => null,
    };

    private static (string Rule, string Value)? InMembers(JsonElement value, string place)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (TextOf(() => member.Name) is not { } name)
            {
                return (HalfPair($"a member's name in {place}"), Excerpt.Of(value.GetRawText(), ShownName));
            }

            var its = $"{place}.{Excerpt.Of(name, ShownName)}";
            if (!seen.Add(name)) return ($"{its} is there once", "twice");
            if (First(member.Value, its) is { } fault) return fault;
        }

        return null;
    }

    private static string HalfPair(string place) =>
        $"{place} has whole characters, and half of a surrogate pair is none";

    /// <summary>Null when the text has half of a surrogate pair.</summary>
    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
