using System.Text.Json.Serialization;

namespace Jobs.Core.Definitions;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    WriteIndented = true)]
[JsonSerializable(typeof(JobCatalog))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
