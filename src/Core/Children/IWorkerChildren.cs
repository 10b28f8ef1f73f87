using Jobs.Core.Ids;

namespace Jobs.Core.Children;

/// <summary>The worker's side of its run's children.</summary>
public interface IWorkerChildren
{
    /// <summary>
    /// Sends commands, in as few calls as there can be. All are sent when it returns; some may be when it throws.
    /// </summary>
    Task SendAsync(IReadOnlyList<string> bodies, CancellationToken cancellation);

    /// <summary>Children that the run awaited before it was launched again; 0 in its first phase.</summary>
    Task<int> AwaitedAsync(RunId run, CancellationToken cancellation);

    /// <summary>
    /// The run's children whose commands have arrived, by index: with what they were submitted, and how they ended.
    /// </summary>
    Task<IReadOnlyList<ChildRun>> ChildrenAsync(RunId run, CancellationToken cancellation);

    /// <summary>
    /// What a child's worker recorded as its result: JSON, or the key of an object in the runner's bucket; neither when
    /// there is none.
    /// </summary>
    Task<(string? Json, string? Key)> ResultAsync(RunId child, CancellationToken cancellation);
}
