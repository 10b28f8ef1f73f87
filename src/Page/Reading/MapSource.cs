using Jobs.Core.Ids;

namespace Jobs.Page.Reading;

/// <summary>Something outside the jobs that starts some of them.</summary>
/// <param name="Kind">In one word: upload, schedule, event, queue, submit.</param>
/// <param name="Label">Which one.</param>
/// <param name="Jobs">Names of those that it starts.</param>
internal sealed record MapSource(string Kind, string Label, IReadOnlyList<string> Jobs)
{
    /// <summary>Of a schedule.</summary>
    public ScheduleKey? Schedule { get; init; }

    /// <summary>Name of the queue, of a queue.</summary>
    public string? Queue { get; init; }
}
