using System.Text.Json;

namespace Amazon.Runtime.StandIn;

/// <summary>
/// Members of a request: null is left out, an empty collection is written, as in v4
/// (unless <c>AWSConfigs.InitializeCollections</c> asks for v3's habit of sending no empty collection).
/// </summary>
internal static class JsonWriting
{
    public static void Member(this Utf8JsonWriter json, string name, string value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void Member(this Utf8JsonWriter json, string name, ConstantClass value) =>
        json.Member(name, value?.Value);

    public static void Member(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    public static void Member(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag) json.WriteBoolean(name, flag);
    }

    public static void Member<T>(this Utf8JsonWriter json, string name, T value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null) return;
        json.WritePropertyName(name);
        json.Object(value, write);
    }

    public static void Member(this Utf8JsonWriter json, string name, List<string> values)
    {
        if (!IsSet(values)) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void Member<T>(this Utf8JsonWriter json, string name, List<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (!IsSet(values)) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.Object(value, write);
        json.WriteEndArray();
    }

    private static void Object<T>(this Utf8JsonWriter json, T value, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject();
        write(json, value);
        json.WriteEndObject();
    }

    private static bool IsSet(System.Collections.ICollection values) =>
        values is not null && (values.Count > 0 || !AWSConfigs.InitializeCollections);
}
