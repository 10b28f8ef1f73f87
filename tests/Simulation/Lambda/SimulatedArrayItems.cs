using Jobs.Core.Children;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The lines of arrays as one process reaches them.</summary>
internal sealed class SimulatedArrayItems(Process process) : IArrayItems
{
    public Task<IReadOnlyList<ArrayLine>?> ReadAsync(string key, long offset, int skip, int limit,
        CancellationToken cancellation) =>
        process.CallAsync("ReadLines",
            () => process.World.ArrayItems.ReadAsync(key, offset, skip, limit, default).Result, cancellation);
}
