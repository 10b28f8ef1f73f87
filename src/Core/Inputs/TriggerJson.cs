using System.Text.Json.Serialization;

namespace Jobs.Core.Inputs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Upload))]
[JsonSerializable(typeof(ScheduledTime))]
internal sealed partial class TriggerJson : JsonSerializerContext;
