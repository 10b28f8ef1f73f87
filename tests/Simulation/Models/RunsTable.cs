using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// The Runs table: conditions as DynamoDB checks them, consistent reads, and the active index, which each write reaches
/// a moment later, in order for each item.
/// </summary>
internal sealed class RunsTable(SimulatedWorld world)
{
    private readonly Dictionary<RunId, Run> _runs = [];
    private readonly Dictionary<RunId, SortedDictionary<int, Attempt>> _attempts = [];
    private readonly ActiveIndex _index = new();

    public IReadOnlyDictionary<RunId, Run> All => _runs;

    /// <summary>Reads and queries that the tick made.</summary>
    public long TickReads { get; set; }

    public int ActiveCount => _index.Count;

    /// <summary>Runs that are not over, or owe something.</summary>
    public int Unsettled { get; private set; }

    public Run? Find(RunId id) => _runs.GetValueOrDefault(id);

    public bool TryCreate(Run run)
    {
        if (!_runs.TryAdd(run.Id, run)) return false;
        Written(null, run);
        return true;
    }

    public bool TrySave(Run run)
    {
        if (!_runs.TryGetValue(run.Id, out var stored) || stored.Version != run.Version - 1) return false;
        // The input rides on the item or lies in one of its own; either way it is there for good.
        _runs[run.Id] = run;
        Written(stored, run);
        return true;
    }

    public bool SaveAttempt(Attempt attempt)
    {
        if (!_attempts.TryGetValue(attempt.Launch.Run, out var attempts)) _attempts[attempt.Launch.Run] = attempts = [];
        attempts[attempt.Launch.Number] = attempt;
        return true;
    }

    public IReadOnlyList<Attempt> Attempts(RunId id) =>
        _attempts.TryGetValue(id, out var attempts) ? [.. attempts.Values] : [];

    public IReadOnlyList<DueRun> Due(DateTimeOffset now, DateTimeOffset? after, int limit) =>
        _index.Due(now, after, limit);

    public IReadOnlyList<Run> Waiting(DateTimeOffset by, int limit) => _index.Waiting(by, limit);

    public IReadOnlyList<Run> Waiting(string job, DateTimeOffset by, int limit) => _index.Waiting(job, by, limit);

    public IReadOnlyDictionary<LaunchId, int> CpuInUse() => _index.CpuInUse();

    /// <summary>Time to live: the run, over and owing nothing, and all that belongs to it.</summary>
    public void Expire(RunId id)
    {
        _runs.Remove(id);
        _attempts.Remove(id);
        _index.Forget(id);
    }

    private void Written(Run? before, Run after)
    {
        if (world.Happens(FaultKind.StaleIndex))
        {
            world.Loop.After(
                world.Chance.Spread(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30)), () => _index.Put(after));
        }
        else _index.Put(after);
        Unsettled += (IsSettled(after) ? 0 : 1) - (before is null || IsSettled(before) ? 0 : 1);
        world.Witness.Stored(before, after);
    }

    private static bool IsSettled(Run run) => run is { IsOver: true, NextCheckAt: null };
}
