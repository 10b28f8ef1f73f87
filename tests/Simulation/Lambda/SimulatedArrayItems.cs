using Jobs.Core.Ports;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The lines of arrays as one process reaches them.</summary>
internal sealed class SimulatedArrayItems(Process process) : IArrayItems
{
    public Task<IReadOnlyList<ArrayLine>> ReadAsync(string key, long offset, int limit,
        CancellationToken cancellation) => process.CallAsync(
        "ReadLines", () =>
            process.World.ArrayItems.ReadAsync(key, offset, limit, CancellationToken.None).Result, cancellation);
}
