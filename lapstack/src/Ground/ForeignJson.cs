using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Lapstack.Ground;

/// <summary>
/// Reads JSON that others sent. Whatever is wrong in it is found here, and not where one of its members is looked at.
/// </summary>
internal static class ForeignJson
{
    /// <summary>
    /// Null when it is anything but one JSON object in UTF-8, each of whose members is there once and each of whose
    /// texts is whole: half a surrogate pair can be written as an escape, and not be read.
    /// </summary>
    public static JsonObject? Object(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return null;
        try
        {
            return HasBrokenText(json)
                ? null
                : JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject? Object(string json) => Object(Encoding.UTF8.GetBytes(json));

    private static bool HasBrokenText(ReadOnlySpan<byte> json)
    {
        // Only \u can write half of a pair in valid UTF-8; most escapes are those of quotes.
        if (json.IndexOf("\\u"u8) < 0) return false;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
                if (reader.ValueIsEscaped) _ = reader.GetString();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
