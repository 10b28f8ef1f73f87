using Jobs.Core.Ids;

namespace Jobs.Sdk.Contexts;

/// <summary>The children of a run, as one of its attempts sees them.</summary>
internal interface IRunChildren : ISubmissions
{
    /// <summary>What ends this phase of the run, for the job to throw.</summary>
    /// <exception cref="InvalidOperationException">Nothing was submitted in this phase.</exception>
    ChildrenAwaitedException Await();

    /// <summary>The children of earlier phases.</summary>
    Task<IReadOnlyList<Child>> EndedAsync(CancellationToken cancellation);

    /// <summary>The child's result as JSON; null when it has none.</summary>
    Task<string?> ResultAsync(RunId child, CancellationToken cancellation);
}
