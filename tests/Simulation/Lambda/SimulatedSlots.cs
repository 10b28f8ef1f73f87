using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The slots as one process reaches them; a refusal is two calls, as on the table.</summary>
internal sealed class SimulatedSlots(Process process) : ISlots
{
    private readonly SimulatedWorld _world = process.World;

    public async Task<bool> AcquireAsync(LaunchId launch, int cap, CancellationToken cancellation)
    {
        if (await process.CallAsync("AcquireSlot", () => _world.Slots.TryTake(launch, cap), cancellation)) return true;
        await process.CallAsync("NoteWaiting", () => _world.Slots.NoteWaiting(launch.Run.Job), cancellation);
        return false;
    }

    public Task<bool> ReleaseAsync(LaunchId launch, CancellationToken cancellation) =>
        process.CallAsync("ReleaseSlot", () => _world.Slots.Release(launch), cancellation);

    public Task NobodyWaitsAsync(string job, CancellationToken cancellation) =>
        process.CallAsync("NobodyWaits", () => _world.Slots.NobodyWaits(job), cancellation);

    public Task<IReadOnlyList<LaunchId>> HoldersAsync(string job, CancellationToken cancellation) =>
        process.CallAsync<IReadOnlyList<LaunchId>>("Holders", () => [.. _world.Slots.HoldersOf(job)], cancellation);
}
