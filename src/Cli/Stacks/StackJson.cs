using System.Text.Json.Serialization;

namespace Jobs.Cli.Stacks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CachedPlace))]
internal sealed partial class StackJson : JsonSerializerContext;
