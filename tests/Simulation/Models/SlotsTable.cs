using Jobs.Core.Ids;
using Jobs.Core.Slots;

namespace Jobs.Tests.Simulation.Models;

/// <summary>The slot items: blocks of each capped job, with their holders and whether a run waits.</summary>
internal sealed class SlotsTable
{
    private readonly SortedDictionary<(string Job, int Block), List<LaunchId>> _holders = [];
    private readonly HashSet<(string Job, int Block)> _awaited = [];

    /// <summary>Every launch that holds a slot now.</summary>
    public IEnumerable<LaunchId> All => _holders.Values.SelectMany(holders => holders);

    public bool TryTake(LaunchId launch, int block, int limit)
    {
        var holders = HoldersOf(launch.Run.Job, block);
        if (holders.Contains(launch)) return true;
        if (holders.Count >= limit) return false;
        holders.Add(launch);
        return true;
    }

    public bool NoteAwaited(string job, int block) => _awaited.Add((job, block));

    public bool NobodyWaits(string job, int block) => _awaited.Remove((job, block));

    public bool Release(LaunchId launch, int block)
    {
        HoldersOf(launch.Run.Job, block).Remove(launch);
        return _awaited.Contains((launch.Run.Job, block));
    }

    /// <param name="job">Null for all jobs.</param>
    public IReadOnlyList<SlotBlock> Read(string? job) =>
    [
        .. _holders.Where(block => job is null || block.Key.Job == job)
            .Select(
                block => new SlotBlock(block.Key.Job, block.Key.Block, [.. block.Value], _awaited.Contains(block.Key))),
    ];

    private List<LaunchId> HoldersOf(string job, int block)
    {
        if (!_holders.TryGetValue((job, block), out var holders)) _holders[(job, block)] = holders = [];
        return holders;
    }
}
