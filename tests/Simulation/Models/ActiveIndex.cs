using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// The watch index and the waiting index: runs that are to be looked at, and those that wait for a dispatcher, both
/// sorted.
/// </summary>
internal sealed class ActiveIndex
{
    private readonly Dictionary<RunId, Run> _seen = [];
    private readonly SortedDictionary<(DateTimeOffset At, string Key), Run> _watched = new(KeyOrder);
    private readonly SortedDictionary<string, SortedDictionary<(
        DateTimeOffset At, string Key), Run>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Runs in either.</summary>
    public int Count => _watched.Count + _waiting.Values.Sum(part => part.Count);

    public void Put(Run run)
    {
        if (_seen.TryGetValue(run.Id, out var old))
        {
            // An older write never overtakes a newer one of the same item.
            if (old.Version >= run.Version) return;
            if (old.NextCheckAt is { } next) _watched.Remove((next, KeyOf(run)));
            if (old.TurnAt is { } turn) PartOf(run.Id.Job).Remove((turn, KeyOf(run)));
        }

        _seen[run.Id] = run;
        if (run.NextCheckAt is { } at) _watched[(at, KeyOf(run))] = run;
        if (run.TurnAt is { } place) PartOf(run.Id.Job)[(place, KeyOf(run))] = run;
    }

    public void Forget(RunId id) => _seen.Remove(id);

    public IReadOnlyList<DueRun> Due(DateTimeOffset now, DateTimeOffset? after, int limit) =>
        [.. _watched.SkipWhile(entry => entry.Key.At < after)
            .TakeWhile(entry => entry.Key.At <= now)
            .Take(limit)
            .Select(entry => new DueRun(entry.Value.Id, entry.Key.At))];

    public IReadOnlyList<Run> Waiting(DateTimeOffset by, int limit) =>
        [.. _waiting.Keys.SelectMany(job => Waiting(job, by, limit))];

    public IReadOnlyList<Run> Waiting(string job, DateTimeOffset by, int limit) =>
        [.. PartOf(job).Values.Where(run => !(run.NotBefore > by)).Take(limit)];

    public IReadOnlyDictionary<LaunchId, int> CpuInUse() =>
        _watched.Values.Where(run => run is { Budgeted: true, MayHaveTask: true })
            .ToDictionary(run => run.LaunchId, run => run.Size.Cpu);

    private static Comparer<(
        DateTimeOffset At,
        string Key)> KeyOrder
    { get; } = Comparer<(DateTimeOffset At, string Key)>.Create((one, other) =>
    {
        var byTime = one.At.CompareTo(other.At);
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Key, other.Key);
    });

    private static string KeyOf(Run run) => run.Id.ToString();

    private SortedDictionary<(DateTimeOffset At, string Key), Run> PartOf(string job)
    {
        if (!_waiting.TryGetValue(job, out var part)) _waiting[job] = part = new(KeyOrder);
        return part;
    }
}
