using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.InMemory;

/// <summary>The CPU budget in memory, with the condition that the table's item has.</summary>
/// <param name="limit">CPU units that may be in use at once, 1,024 to the vCPU.</param>
public sealed class InMemoryVcpuBudget(int limit) : IVcpuBudget
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LaunchId, int> _shares = [];
    private readonly SortedSet<string> _waited = new(StringComparer.Ordinal);

    public Task<bool> AcquireAsync(LaunchId launch, int cpu, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_shares.ContainsKey(launch)) return Task.FromResult(true);
            var taken = _shares.Values.Sum() <= VcpuUse.RoomFor(limit, cpu);
            if (taken) _shares[launch] = cpu;
            else _waited.Add(launch.Run.Job);
            return Task.FromResult(taken);
        }
    }

    public Task<IReadOnlyCollection<string>> ReleaseAsync(LaunchId launch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _shares.Remove(launch);
            return Task.FromResult<IReadOnlyCollection<string>>([.. _waited]);
        }
    }

    public Task NobodyWaitsAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) _waited.Remove(job);
        return Task.CompletedTask;
    }

    public Task<VcpuUse> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult(new VcpuUse(limit, _shares.Values.Sum(), [.. _shares.Keys]));
    }
}
