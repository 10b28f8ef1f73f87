using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.Sdk.Ground;

/// <summary>What jobs take and give that is not the author's, and the plain values of checkpoints.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Upload))]
[JsonSerializable(typeof(ScheduledTime))]
[JsonSerializable(typeof(DrainSummary))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Guid))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SdkJson : JsonSerializerContext;
