using Jobs.Core.Ids;
using Jobs.Core.Slots;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The slots as one process reaches them; a refusal is two calls, as on the table.</summary>
internal sealed class SimulatedSlots(Process process) : ISlots
{
    private readonly SimulatedWorld _world = process.World;

    public async Task<bool> AcquireAsync(LaunchId launch, int block, int limit, CancellationToken cancellation)
    {
        if (await process.CallAsync("AcquireSlot", () => _world.Slots.TryTake(launch, block, limit), cancellation))
        {
            return true;
        }

        await process.CallAsync("NoteAwaited", () => _world.Slots.NoteAwaited(launch.Run.Job, block), cancellation);
        return false;
    }

    public Task<bool> ReleaseAsync(LaunchId launch, int block, CancellationToken cancellation) =>
        process.CallAsync("ReleaseSlot", () => _world.Slots.Release(launch, block), cancellation);

    public Task NobodyWaitsAsync(string job, int block, CancellationToken cancellation) =>
        process.CallAsync("NobodyWaits", () => _world.Slots.NobodyWaits(job, block), cancellation);

    public Task<IReadOnlyList<SlotBlock>> ReadAsync(string job, CancellationToken cancellation) =>
        process.CallAsync("Slots", () => _world.Slots.Read(job), cancellation);

    public Task<IReadOnlyList<SlotBlock>> ReadAllAsync(CancellationToken cancellation) =>
        process.CallAsync("AllSlots", () => _world.Slots.Read(null), cancellation);
}
