using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>
/// ISO 8601 text, or a number of seconds since the epoch (of milliseconds, when it would lie beyond the year 5000).
/// </summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    private const long Year5000InSeconds = 157753180800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var date)) return date;
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new JsonSerializerException($"Unknown data type for DateTime: {reader.TokenType}");
        }

        if (!reader.TryGetInt64(out var number)) return DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
        return number > Year5000InSeconds
            ? DateTime.UnixEpoch.AddMilliseconds(number)
            : DateTime.UnixEpoch.AddSeconds(number);
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
