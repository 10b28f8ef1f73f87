using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The children's items as one process reaches them; their conditions are those of Core's own model.</summary>
internal sealed class SimulatedChildren(Process process) : IChildren
{
    private readonly SimulatedWorld _world = process.World;

    public Task RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation) =>
        CallAsync("RegisterChild", items =>
    {
        _world.Partitions.Write(Partition.Run(parent), ItemSizes.Of(child));
        return items.RegisterAsync(parent, child, CancellationToken.None).IsCompleted;
    }, cancellation);

    public Task<EndingCount> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation) =>
        CallAsync("NoteEnd", items =>
    {
        // The ending, and their number.
        _world.Partitions.Write(Partition.Run(parent), ItemSizes.Of(child));
        _world.Partitions.Write(Partition.Run(parent), ItemSizes.Counter);
        return items.NoteEndAsync(parent, child, CancellationToken.None).Result;
    }, cancellation);

    public Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, CancellationToken cancellation) =>
        CallAsync("ReadChildren", items =>
    {
        var children = items.ReadAsync(parent, CancellationToken.None).Result;
        _world.Partitions.Read(Partition.Run(parent), children.Sum(ItemSizes.Of), isConsistent: true);
        return children;
    }, cancellation);

    private Task<T> CallAsync<T>(string call, Func<IChildren, T> operation, CancellationToken cancellation) =>
        process.CallAsync(call, () => operation(_world.Children), cancellation);
}
