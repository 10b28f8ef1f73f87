using Jobs.Core.Runs;

namespace Jobs.Tests.Simulation.Models;

/// <summary>The active index by job: runs that wait for a dispatcher lie apart from those that are to be looked at; both are sorted.</summary>
internal sealed class ActiveIndex
{
    private readonly Dictionary<RunId, Run> _seen = [];
    private readonly Dictionary<(string Job, bool Waits), SortedDictionary<(DateTimeOffset At, string Key), Run>> _parts = [];

    public int Count { get; private set; }

    public void Put(Run run)
    {
        if (_seen.TryGetValue(run.Id, out var old))
        {
            // An older write never overtakes a newer one of the same item.
            if (old.Version >= run.Version) return;
            if (old.NextCheckAt is { } before && PartOf(old).Remove((before, run.Id.Key))) Count--;
        }

        _seen[run.Id] = run;
        if (run.NextCheckAt is not { } next) return;
        PartOf(run)[(next, run.Id.Key)] = run;
        Count++;
    }

    public void Forget(RunId id) => _seen.Remove(id);

    public IReadOnlyList<RunId> Due(string job, DateTimeOffset now, int limit) =>
        [.. PartOf(job, false).TakeWhile(entry => entry.Key.At <= now).Take(limit).Select(entry => entry.Value.Id)];

    public IReadOnlyList<Run> Waiting(string job, DateTimeOffset by, int limit) =>
        [.. PartOf(job, true).Values.Where(run => !(run.NotBefore > by)).Take(limit)];

    public IReadOnlyList<RunId> Overdue(string job, DateTimeOffset now, int limit) =>
        [.. PartOf(job, true).Values.Where(run => RunTimes.RunDeadline(run) <= now).Take(limit).Select(run => run.Id)];

    private static Comparer<(DateTimeOffset At, string Key)> KeyOrder { get; } = Comparer<(DateTimeOffset At, string Key)>.Create((one, other) =>
    {
        var byTime = one.At.CompareTo(other.At);
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Key, other.Key);
    });

    private SortedDictionary<(DateTimeOffset At, string Key), Run> PartOf(Run run) => PartOf(run.Id.Job, run.IsWaiting);

    private SortedDictionary<(DateTimeOffset At, string Key), Run> PartOf(string job, bool waits)
    {
        if (!_parts.TryGetValue((job, waits), out var part)) _parts[(job, waits)] = part = new(KeyOrder);
        return part;
    }
}
