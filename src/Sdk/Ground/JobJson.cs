using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace Jobs.Sdk.Ground;

/// <summary>
/// How inputs and results are written: camel case, enums as strings, nothing that is null; a missing or null value that
/// the type needs is an error.
/// </summary>
internal static class JobJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>
    /// For messages, whose senders are programs of others: .NET's own writer begins names with capitals.
    /// </summary>
    public static readonly JsonSerializerOptions Messages = new(Options) { PropertyNameCaseInsensitive = true };

    private static readonly JsonSchemaExporterOptions Schema = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>What a job takes: a value of the type, and null only where the type itself says so.</summary>
    public static JsonNode SchemaOf(Type type) => Options.GetJsonSchemaAsNode(type, Schema);
}
