using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Sdk.Ground;

/// <summary>
/// How inputs and results are written: camel case, enums as strings, nothing that is null; a missing or null value that
/// the type needs is an error. A type is read as its context says; one without a context by reflection, where there is
/// reflection.
/// </summary>
internal static class JobJson
{
    public static readonly JsonContexts Contexts = new();

    public static readonly EnumNames Enums = new();

    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>
    /// For messages, whose senders are programs of others: .NET's own writer begins names with capitals.
    /// </summary>
    public static readonly JsonSerializerOptions Messages = new(Options) { PropertyNameCaseInsensitive = true };

    private static readonly JsonSchemaExporterOptions Schema = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>What a job takes: a value of the type, and null only where the type itself says so.</summary>
    /// <exception cref="NotSupportedException">The type is in no context, and there is no reflection.</exception>
    public static JsonNode SchemaOf(Type type) => Of(type, Options).GetJsonSchemaAsNode(Schema);

    /// <exception cref="NotSupportedException">The type cannot be written, or is in no context.</exception>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Of<T>(Options));

    /// <exception cref="JsonException">The text is no value of the type.</exception>
    /// <exception cref="NotSupportedException">The type cannot be read, or is in no context.</exception>
    public static T? Read<T>(string json) => Read<T>(json, Options);

    /// <inheritdoc cref="Read{T}(string)"/>
    public static T? Read<T>(string json, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(json, Of<T>(options));

    /// <summary>How a type is read and written.</summary>
    /// <exception cref="NotSupportedException">The type is in no context, and there is no reflection.</exception>
    public static JsonTypeInfo Of(Type type, JsonSerializerOptions options) =>
        options.TryGetTypeInfo(type, out var known) ? known : throw new NotSupportedException(
            $"{TypeName.Of(type)} is in no JSON context, and this program is trimmed: add " +
            $"[JsonSerializable(typeof({TypeName.Of(type)}))] to a JsonSerializerContext of its project.");

    private static JsonTypeInfo<T> Of<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)Of(typeof(T), options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters = { Enums },
            TypeInfoResolver = Contexts,
        };
        if (Reflection.IsAvailable) ReflectedJson.AddTo(options);
        return options;
    }
}
