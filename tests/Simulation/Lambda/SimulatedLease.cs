using Jobs.Core.Dispatch;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The dispatcher's lease as one process reaches it; its conditions are those of Core's own model.</summary>
internal sealed class SimulatedLease(Process process) : IDispatchLease
{
    private readonly SimulatedWorld _world = process.World;

    public Task<DispatchLease?> TakeAsync(
        string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation) =>
        process.CallAsync(
            "TakeLease", () => _world.Lease.TakeAsync(holder, now, until, CancellationToken.None).Result, cancellation);

    public Task<bool> KeepAsync(string holder, DateTimeOffset until, Pacing pacing, CancellationToken cancellation) =>
        process.CallAsync(
            "KeepLease",
            () => _world.Lease.KeepAsync(holder, until, pacing, CancellationToken.None).Result,
            cancellation);

    public Task ReleaseAsync(string holder, Pacing pacing, CancellationToken cancellation) =>
        process.CallAsync(
            "ReleaseLease",
            () => _world.Lease.ReleaseAsync(holder, pacing, CancellationToken.None).IsCompleted,
            cancellation);
}
