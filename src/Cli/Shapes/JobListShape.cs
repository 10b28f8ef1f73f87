using System.Text.Json.Nodes;
using Jobs.Cli.Reading;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Shapes;

internal sealed record JobListShape(IReadOnlyList<JobShape> Jobs)
{
    public static JobListShape Of(IEnumerable<JobDefinition> jobs) => new([.. jobs.Select(JobShape.Of)]);
}

/// <summary>A job as it is deployed.</summary>
/// <param name="MaxConcurrent">Null for no cap.</param>
/// <param name="Triggers">What starts it, in words: <c>upload incoming/*.csv</c>.</param>
/// <param name="InputSchema">JSON schema of its input; null when it takes any.</param>
internal sealed record JobShape(
    string Name,
    int Cpu,
    int MemoryMiB,
    string Architecture,
    bool Spot,
    int? MaxConcurrent,
    int TimeoutMinutes,
    int Attempts,
    IReadOnlyList<string> Triggers,
    JsonNode? InputSchema)
{
    public static JobShape Of(JobDefinition job) => new(
        job.Name,
        job.Cpu,
        job.MemoryMiB,
        job.Architecture.ToString(),
        job.Spot,
        job.MaxConcurrent,
        job.TimeoutMinutes,
        job.Retry.Attempts,
        TriggerWords.Of(job),
        job.InputSchema);
}
