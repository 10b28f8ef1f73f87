using System.Text.Json.Serialization;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Definitions;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(EnumNameConverter<AfterOutcome>), typeof(EnumNameConverter<Architecture>),
        typeof(EnumNameConverter<NotifyOn>), typeof(EnumNameConverter<OverlapPolicy>),
        typeof(EnumNameConverter<QueueMode>), typeof(EnumNameConverter<VerdictClass>),
        typeof(EnumNameConverter<WhenPaused>),
    ],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    WriteIndented = true)]
[JsonSerializable(typeof(JobCatalog))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
