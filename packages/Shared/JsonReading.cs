using System.Globalization;
using System.Text.Json;

namespace Amazon.Runtime.StandIn;

/// <summary>
/// Reading by hand: each method starts on a value's first token and ends on its last. Null, like a missing member,
/// stays null.
/// </summary>
internal static class JsonReading
{
    /// <summary>Moves to the next member's value; false at the end of the object.</summary>
    public static bool NextMember(this ref Utf8JsonReader json, out string name)
    {
        json.Read();
        name = json.TokenType switch
        {
            JsonTokenType.PropertyName => json.GetString(),
            JsonTokenType.EndObject => null,
            var other => throw new JsonException($"Expected a member or the end of an object, not {other}."),
        };
        return name is not null && json.Read();
    }

    public static string Text(this ref Utf8JsonReader json) => json.GetString();

    public static int? Int(this ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null ? null : json.GetInt32();

    public static long? Long(this ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null ? null : json.GetInt64();

    public static bool? Bool(this ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null ? null : json.GetBoolean();

    public static T Constant<T>(this ref Utf8JsonReader json, Func<string, T> create)
        where T : ConstantClass => json.TokenType == JsonTokenType.Null ? null : create(json.GetString());

    /// <summary>Seconds since the epoch with a fraction, or ISO 8601 text; Kind is Utc.</summary>
    public static DateTime? Time(this ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number => DateTime.UnixEpoch.AddTicks((long)(json.GetDecimal() * TimeSpan.TicksPerSecond)),
        _ =>
            DateTime.Parse(
                json.GetString(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
    };

    public static DateTime? Milliseconds(this ref Utf8JsonReader json) =>
        json.Long() is { } milliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : null;

    public static T Object<T>(this ref Utf8JsonReader json, JsonRead<T> read)
        where T : class => json.TokenType == JsonTokenType.Null ? null : read(ref json);

    public static List<T> List<T>(this ref Utf8JsonReader json, JsonRead<T> read)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        var list = new List<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) list.Add(read(ref json));
        return list;
    }

    public static Dictionary<string, T> Map<T>(this ref Utf8JsonReader json, JsonRead<T> read)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        var map = new Dictionary<string, T>();
        while (json.NextMember(out var key)) map[key] = read(ref json);
        return map;
    }
}
