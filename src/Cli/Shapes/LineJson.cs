using System.Text.Json.Serialization;

namespace Jobs.Cli.Shapes;

/// <summary>What --json prints line by line, while it comes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LogLineShape))]
[JsonSerializable(typeof(RunShape))]
internal sealed partial class LineJson : JsonSerializerContext;
