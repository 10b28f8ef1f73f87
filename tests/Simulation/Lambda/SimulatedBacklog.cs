using Jobs.Core.Backlog;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>
/// The queue, and the item of those who drain it, as one process reaches them; its conditions are those of Core's own
/// model.
/// </summary>
internal sealed class SimulatedBacklog(Process process) : IQueueReader, IDrains
{
    private readonly SimulatedWorld _world = process.World;

    Task<QueueReading> IQueueReader.ReadAsync(string job, CancellationToken cancellation) =>
        process.CallAsync("GetQueueAttributes", () => _world.Queue.Read(), cancellation);

    Task<DrainState> IDrains.ReadAsync(string job, CancellationToken cancellation) =>
        process.CallAsync(
            "ReadDrains", () => _world.Drains.ReadAsync(job, CancellationToken.None).Result, cancellation);

    public Task<bool> SaveAsync(DrainState state, CancellationToken cancellation) =>
        process.CallAsync("SaveDrains", () =>
        {
            _world.Partitions.Write(Partition.Drains, ItemSizes.Of(state));
            return _world.Drains.SaveAsync(state, CancellationToken.None).Result;
        }, cancellation);
}
