using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.InMemory;

/// <summary>Slots in memory, with the condition that the table's item has.</summary>
public sealed class InMemorySlots : ISlots
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<LaunchId>> _holders = [];
    private readonly HashSet<string> _waited = [];

    public Task<bool> AcquireAsync(LaunchId launch, int cap, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var holders = HoldersOf(launch.Run.Job);
            var taken = holders.Contains(launch) || (holders.Count < cap && holders.Add(launch));
            if (!taken) _waited.Add(launch.Run.Job);
            return Task.FromResult(taken);
        }
    }

    public Task<bool> ReleaseAsync(LaunchId launch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            HoldersOf(launch.Run.Job).Remove(launch);
            return Task.FromResult(_waited.Contains(launch.Run.Job));
        }
    }

    public Task NobodyWaitsAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) _waited.Remove(job);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LaunchId>> HoldersAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult<IReadOnlyList<LaunchId>>([.. HoldersOf(job)]);
    }

    private HashSet<LaunchId> HoldersOf(string job) => _holders.TryGetValue(job, out var holders) ? holders : _holders[job] = [];
}
