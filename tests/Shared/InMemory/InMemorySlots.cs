using Jobs.Core.Ids;
using Jobs.Core.Slots;

namespace Jobs.Tests.InMemory;

/// <summary>Slots in memory, with the condition that the table's items have.</summary>
public sealed class InMemorySlots : ISlots
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Job, int Block), HashSet<LaunchId>> _holders = [];
    private readonly HashSet<(string Job, int Block)> _awaited = [];

    public Task<bool> AcquireAsync(LaunchId launch, int block, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var holders = HoldersOf(launch.Run.Job, block);
            var taken = holders.Contains(launch) || (holders.Count < limit && holders.Add(launch));
            if (!taken) _awaited.Add((launch.Run.Job, block));
            return Task.FromResult(taken);
        }
    }

    public Task<bool> ReleaseAsync(LaunchId launch, int block, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            HoldersOf(launch.Run.Job, block).Remove(launch);
            return Task.FromResult(_awaited.Contains((launch.Run.Job, block)));
        }
    }

    public Task NobodyWaitsAsync(string job, int block, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) _awaited.Remove((job, block));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SlotBlock>> ReadAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<SlotBlock>>([.. All().Where(block => block.Job == job)]);
    }

    public Task<IReadOnlyList<SlotBlock>> ReadAllAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<SlotBlock>>(All());
    }

    private List<SlotBlock> All()
    {
        lock (_gate) return [.. _holders.Select(block =>
            new SlotBlock(block.Key.Job, block.Key.Block, [.. block.Value], _awaited.Contains(block.Key)))];
    }

    private HashSet<LaunchId> HoldersOf(string job, int block) =>
        _holders.TryGetValue((job, block), out var holders) ? holders : _holders[(job, block)] = [];
}
