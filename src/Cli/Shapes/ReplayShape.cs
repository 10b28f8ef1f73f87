using Jobs.Cli.Reading;
using Jobs.Core.Replays;

namespace Jobs.Cli.Shapes;

/// <summary>What a replay would start, or has.</summary>
/// <param name="Id">By which it is looked at again, and goes on where it was.</param>
/// <param name="Source">In words.</param>
/// <param name="Sent">False of a dry run.</param>
/// <param name="Count">How many there are in all; null when there are more than were counted, or none was
/// counted.</param>
/// <param name="Ran">How many of them had run already before it began; null when they were not counted.</param>
/// <param name="Items">The first of them.</param>
/// <param name="Progress">How far it is; null of a dry run.</param>
internal sealed record ReplayShape(
    string Id,
    string Source,
    bool Sent,
    int? Count,
    int? Ran,
    IReadOnlyList<ReplayItemShape> Items,
    ReplayProgressShape? Progress)
{
    /// <summary>One that was looked at before it is begun, or not.</summary>
    public static ReplayShape Of(string id, string source, ReplayFindings found, ReplayProgressShape? progress) => new(
        id,
        source,
        progress is not null,
        found.IsComplete ? found.Count : null,
        found.Ran,
        [.. found.Items.Select(ReplayItemShape.Of)],
        progress);

    /// <summary>One that is looked at again.</summary>
    public static ReplayShape Of(Replay replay) => new(
        replay.Id, SourceWords.Of(replay), Sent: true, null, null, [], ReplayProgressShape.Of(replay));
}

/// <summary>One thing that a replay is about.</summary>
/// <param name="What">An object, a run, or a message's reason.</param>
/// <param name="Job">The job that it starts; null when that is not known before.</param>
/// <param name="RanAs">Run that it has already made, so that it starts nothing without --force; null for none.</param>
/// <param name="RanState">State of that run.</param>
internal sealed record ReplayItemShape(string What, string? Job, string? RanAs, string? RanState)
{
    public static ReplayItemShape Of(ReplayFinding found) =>
        new(found.What, found.Job, found.Ran?.Run.Id.ToString(), found.Ran?.VisibleState.ToString());
}

/// <summary>How far a replay is.</summary>
/// <param name="Started">Runs started; of dead letters, messages moved back.</param>
/// <param name="Sent">Uploads sent to the queues of jobs.</param>
/// <param name="Skipped">What had run already.</param>
/// <param name="Failed">What could not be started and was left out.</param>
/// <param name="IsOver">Nothing more comes of it.</param>
/// <param name="IsGivenUp">It ended half-way: sent again it goes on from there.</param>
/// <param name="IsCancelled">A command ended it, for good.</param>
/// <param name="Error">What went wrong last; null when all is well.</param>
internal sealed record ReplayProgressShape(
    int Started,
    int Sent,
    int Skipped,
    int Failed,
    bool IsOver,
    bool IsGivenUp,
    bool IsCancelled,
    string? Error)
{
    public static ReplayProgressShape Of(Replay replay) => new(
        replay.Started,
        replay.Sent,
        replay.Skipped,
        replay.Failed,
        replay.IsOver,
        replay.IsGivenUp,
        replay.IsCancelled,
        replay.Error);

    /// <summary>Of messages that went back to their queue.</summary>
    public static ReplayProgressShape OfMoved(int count) =>
        new(count, 0, 0, 0, IsOver: true, IsGivenUp: false, IsCancelled: false, null);
}
