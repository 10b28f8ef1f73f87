using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The children's items as one process reaches them; their conditions are those of Core's own model.</summary>
internal sealed class SimulatedChildren(Process process) : IChildren
{
    private readonly SimulatedWorld _world = process.World;

    public Task<ChildRun> RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation) =>
        WriteAsync("RegisterChild", parent, ItemSizes.Of(child),
            items => items.RegisterAsync(parent, child, default).Result, cancellation);

    public Task<EndingNote> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation) =>
        WriteAsync("NoteEnd", parent, ItemSizes.Of(child), items => items.NoteEndAsync(parent, child, default).Result,
            cancellation);

    public Task NoteFailedAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation) =>
        WriteAsync("NoteFailed", parent, ItemSizes.Counter,
            items => items.NoteFailedAsync(parent, indexes, default).IsCompleted, cancellation);

    public Task NoteBegunAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation) =>
        WriteAsync("NoteBegun", parent, ItemSizes.Counter,
            items => items.NoteBegunAsync(parent, indexes, default).IsCompleted, cancellation);

    public Task<ChildBlocks> BlocksAsync(RunId parent, CancellationToken cancellation) =>
        process.CallAsync("ReadBlocks", () => _world.Children.BlocksAsync(parent, default).Result, cancellation);

    public Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, int from, int limit, CancellationToken cancellation) =>
        process.CallAsync("ReadChildren", () =>
        {
            // A page may be shorter than was asked for only at the end.
            var page = _world.Children.ReadAsync(parent, from, limit, default).Result;
            _world.Partitions.Read(Partition.Run(parent), page.Sum(ItemSizes.Of), isConsistent: true);
            return page;
        }, cancellation);

    private Task<T> WriteAsync<T>(string call, RunId parent, int size, Func<IChildren, T> operation,
        CancellationToken cancellation) =>
        process.CallAsync(call, () =>
        {
            // The child, and its block.
            _world.Partitions.Write(Partition.Run(parent), size);
            _world.Partitions.Write(Partition.Run(parent), ItemSizes.Counter);
            return operation(_world.Children);
        }, cancellation);
}
