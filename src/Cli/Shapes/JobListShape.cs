using System.Text.Json.Nodes;
using Jobs.Cli.Reading;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;

namespace Jobs.Cli.Shapes;

internal sealed record JobListShape(IReadOnlyList<JobShape> Jobs)
{
    public static JobListShape Of(IEnumerable<JobDefinition> jobs, PauseList pauses, DateTimeOffset now) =>
        new([.. jobs.Select(job => JobShape.Of(job, pauses.Of(job.Name, now)))]);
}

/// <summary>A job as it is deployed.</summary>
/// <param name="Owner">Who answers for it; null when it does not say.</param>
/// <param name="Labels">What it calls each of its runs, as <c>name=value</c>.</param>
/// <param name="Recipients">Whom it tells beside the runner's list.</param>
/// <param name="MaxConcurrent">Null for no cap.</param>
/// <param name="Triggers">What starts it, in words: <c>upload incoming/*.csv</c>.</param>
/// <param name="Paused">Its pause; null when it is not paused, whatever its schedules are.</param>
/// <param name="InputSchema">JSON schema of its input; null when it takes any.</param>
internal sealed record JobShape(
    string Name,
    string? Owner,
    IReadOnlyList<string> Labels,
    IReadOnlyList<RecipientShape> Recipients,
    int Cpu,
    int MemoryMiB,
    string Architecture,
    bool Spot,
    int? MaxConcurrent,
    int TimeoutMinutes,
    int Attempts,
    IReadOnlyList<string> Triggers,
    PauseShape? Paused,
    JsonNode? InputSchema)
{
    public static JobShape Of(JobDefinition job, Pause? pause) => new(
        job.Name,
        job.Owner,
        job.Labels,
        [.. job.Recipients.Select(one => new RecipientShape(one.Email, one.On.ToString()))],
        job.Cpu,
        job.MemoryMiB,
        job.Architecture.ToString(),
        job.Spot,
        job.MaxConcurrent,
        job.TimeoutMinutes,
        job.Retry.Attempts,
        TriggerWords.Of(job),
        PauseShape.Of(pause),
        job.InputSchema);
}

/// <summary>An address that a job tells.</summary>
/// <param name="On">Failure, Success or Always.</param>
internal sealed record RecipientShape(string Email, string On);
