using System.Text.Json.Serialization;

namespace Jobs.Cli.Shapes;

/// <summary>What --json prints. Every member is always there, null or not: a script need not ask whether.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JobListShape))]
[JsonSerializable(typeof(RunPageShape))]
[JsonSerializable(typeof(RunDetailShape))]
[JsonSerializable(typeof(SentShape))]
[JsonSerializable(typeof(CostSumShape))]
[JsonSerializable(typeof(VerifyShape))]
[JsonSerializable(typeof(DeadLetterListShape))]
[JsonSerializable(typeof(RedriveShape))]
[JsonSerializable(typeof(ReplayShape))]
[JsonSerializable(typeof(StatusShape))]
[JsonSerializable(typeof(AlertListShape))]
[JsonSerializable(typeof(DoctorShape))]
[JsonSerializable(typeof(ImportShape))]
[JsonSerializable(typeof(string))]
internal sealed partial class ShapeJson : JsonSerializerContext;
