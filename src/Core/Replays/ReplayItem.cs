using Jobs.Core.Runs;

namespace Jobs.Core.Replays;

/// <summary>One thing that a replay is about.</summary>
/// <param name="What">For people: an object's key, a planned time, a run's id.</param>
/// <param name="Runs">What it starts: each with the id of what ran before, where that is known.</param>
/// <param name="Position">Where a page that begins behind it begins.</param>
public sealed record ReplayItem(string What, IReadOnlyList<RunRequest> Runs, string Position)
{
    /// <summary>What it sends to the queues of jobs. None of these and no run, and there is no item.</summary>
    public IReadOnlyList<QueuedUpload> Messages { get; init; } = [];
}
