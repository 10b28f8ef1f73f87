using System.Text.Json.Serialization;
using Jobs.Worker.Checksums;
using Jobs.Worker.Csv;
using Jobs.Worker.Inventory;
using Jobs.Worker.Photos;

namespace Jobs.Worker;

/// <summary>
/// What the jobs take and give: as code that is made at build, so that the worker can be compiled ahead of time.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CsvSummary))]
[JsonSerializable(typeof(InventorySummary))]
[JsonSerializable(typeof(ObjectChecksum))]
[JsonSerializable(typeof(Photo))]
[JsonSerializable(typeof(QueueWorker.Request))]
internal sealed partial class WorkerJson : JsonSerializerContext;
