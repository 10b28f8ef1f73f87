using System.Collections.Concurrent;
using Jobs.Core.Children;
using Jobs.Core.Ids;

namespace Jobs.Sdk.Standalone;

/// <summary>
/// A run's children in memory: those of earlier phases as a test gives them, and the commands that were sent.
/// </summary>
internal sealed class InMemoryWorkerChildren : IWorkerChildren
{
    private readonly ConcurrentQueue<string> _sent = new();
    private readonly List<(ChildRun Child, string? Json, string? Key)> _children = [];
    private readonly List<ChildRun> _registered = [];

    /// <summary>Every command sent, in order.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>Adds a child of an earlier phase.</summary>
    /// <param name="json">Its result; null for none.</param>
    /// <param name="key">The key of its result in the runner's bucket; null for none.</param>
    public void Add(ChildRun child, string? json, string? key = null) => _children.Add((child, json, key));

    /// <summary>Adds a child that an earlier attempt of this phase submitted.</summary>
    public void Register(ChildRun child) => _registered.Add(child);

    public Task SendAsync(IReadOnlyList<string> bodies, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var command in bodies) _sent.Enqueue(command);
        return Task.CompletedTask;
    }

    public Task<int> AwaitedAsync(RunId run, CancellationToken cancellation) => Task.FromResult(_children.Count);

    public Task<IReadOnlyList<ChildRun>> ChildrenAsync(RunId run, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ChildRun>>([.. _children.Select(child => child.Child), .. _registered]);

    public Task<(string? Json, string? Key)> ResultAsync(RunId child, CancellationToken cancellation) =>
        Task.FromResult(
            _children.Where(one => one.Child.Run == child).Select(one => (one.Json, one.Key)).FirstOrDefault());
}
