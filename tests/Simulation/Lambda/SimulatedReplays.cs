using Jobs.Core.Replays;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The replays, and the objects of the bucket, as one process reaches them.</summary>
internal sealed class SimulatedReplays(Process process) : IReplays, IUploadedObjects
{
    private readonly SimulatedWorld _world = process.World;

    public Task<bool> CreateAsync(Replay replay, CancellationToken cancellation) =>
        process.CallAsync("CreateReplay", () =>
    {
        _world.Partitions.Write(Partition.Replays, ItemSizes.Of(replay));
        return _world.Replays.Create(replay);
    }, cancellation);

    public Task<bool> SaveAsync(Replay replay, CancellationToken cancellation) => process.CallAsync("SaveReplay", () =>
    {
        _world.Partitions.Write(Partition.Replays, ItemSizes.Of(replay));
        return _world.Replays.Save(replay);
    }, cancellation);

    public Task<Replay?> ReadAsync(string id, CancellationToken cancellation) =>
        process.CallAsync("ReadReplay", () => _world.Replays.Find(id), cancellation);

    public Task<IReadOnlyList<Replay>> ActiveAsync(CancellationToken cancellation) =>
        process.CallAsync("ActiveReplays", () => _world.Replays.Items.ActiveAsync(CancellationToken.None).Result,
            cancellation);

    public Task<IReadOnlyList<Jobs.Upload>> PageAsync(string? bucket, string prefix, string? after,
        int limit, CancellationToken cancellation) => process.CallAsync(
        "ListObjects", () =>
            _world.Replays.Objects.PageAsync(bucket, prefix, after, limit, CancellationToken.None).Result,
        cancellation);
}
