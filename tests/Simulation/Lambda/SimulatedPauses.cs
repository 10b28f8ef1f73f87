using Jobs.Core.Pauses;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The pauses as one process reaches them; their condition is that of Core's own model.</summary>
internal sealed class SimulatedPauses(Process process) : IPauses
{
    private readonly SimulatedWorld _world = process.World;

    public Task<PauseList> ReadAsync(CancellationToken cancellation) =>
        process.CallAsync("ReadPauses", () => _world.Pauses.List, cancellation);

    public Task<bool> SaveAsync(PauseList pauses, CancellationToken cancellation) =>
        process.CallAsync(
            "SavePauses", () => _world.Pauses.SaveAsync(pauses, CancellationToken.None).Result, cancellation);
}
