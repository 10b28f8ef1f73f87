using System.Text.Json.Serialization;

namespace Jobs.Core.Triggers;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadMessage))]
internal sealed partial class UploadMessageJson : JsonSerializerContext;
