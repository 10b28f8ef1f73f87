using System.Text.Json.Serialization;

namespace Jobs.Sdk.Canaries;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CanaryInput))]
[JsonSerializable(typeof(CanaryMessage))]
[JsonSerializable(typeof(CanaryResult))]
internal sealed partial class CanaryJson : JsonSerializerContext;
