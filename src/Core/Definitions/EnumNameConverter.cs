using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.Core.Definitions;

/// <summary>
/// An enum by the name of its value. System.Text.Json's own converter does more, and has some ten more methods compiled
/// for each enum at each cold start of a function: bench/README.md.
/// </summary>
internal sealed class EnumNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Enum.TryParse(typeof(T), name, out var value) && Enum.IsDefined(typeof(T), value)
            ? (T)value
            : throw new JsonException($"{typeof(T).Name} is one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
