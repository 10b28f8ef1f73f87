using Jobs.Core.Runs;

namespace Jobs.Tests.Simulation.Models;

/// <summary>The slot items: one per capped job, with its holders and whether somebody waits.</summary>
internal sealed class SlotsTable
{
    private readonly Dictionary<string, List<LaunchId>> _holders = [];
    private readonly HashSet<string> _waited = [];

    /// <summary>Every launch that holds a slot now.</summary>
    public IEnumerable<LaunchId> All => _holders.Values.SelectMany(holders => holders);

    public int Count { get; private set; }

    public bool TryTake(LaunchId launch, int cap)
    {
        var holders = HoldersOf(launch.Run.Job);
        if (holders.Contains(launch)) return true;
        if (holders.Count >= cap) return false;
        holders.Add(launch);
        Count++;
        return true;
    }

    public bool NoteWaiting(string job) => _waited.Add(job);

    public bool NobodyWaits(string job) => _waited.Remove(job);

    public bool Release(LaunchId launch)
    {
        if (HoldersOf(launch.Run.Job).Remove(launch)) Count--;
        return _waited.Contains(launch.Run.Job);
    }

    public List<LaunchId> HoldersOf(string job)
    {
        if (!_holders.TryGetValue(job, out var holders)) _holders[job] = holders = [];
        return holders;
    }
}
