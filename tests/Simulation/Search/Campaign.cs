using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Search;

/// <summary>Runs the schedules of many seeds, each in a world of its own.</summary>
/// <param name="goesOn">After a failure too, until all are done.</param>
internal sealed class Campaign(Seeds seeds, bool goesOn = false)
{
    private const ulong Share = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Failure First, int Times)> _failures = [];
    private readonly HashSet<ulong> _underWay = [];
    private ulong _next;
    private long _done;
    private long _events;

    /// <summary>The failure of the lowest seed among those that were run; null when none failed.</summary>
    public Failure? Failure =>
        Failures.Count == 0 ? null : Failures.MinBy(failure => failure.First.Schedule.Seed).First;

    /// <summary>For each kind of failure that of the lowest seed, and how often it was met.</summary>
    public IReadOnlyCollection<(Failure First, int Times)> Failures
    {
        get
        {
            lock (_gate) return [.. _failures.Values];
        }
    }

    /// <summary>All before the seed of this index are done.</summary>
    public ulong Finished
    {
        get
        {
            lock (_gate) return Math.Min(seeds.Count, _underWay.Count == 0 ? _next : _underWay.Min());
        }
    }

    /// <summary>Schedules that were run.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>The schedule of most events.</summary>
    public (ulong Seed, long Events) Longest { get; private set; }

    /// <summary>Events that happened in them.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Runs them on so many threads, until all are done or one fails.</summary>
    public void Run(int threads)
    {
        var shards = Enumerable.Range(0, threads).Select(_ => new Thread(RunShares)).ToList();
        foreach (var shard in shards) shard.Start();
        foreach (var shard in shards) shard.Join();
    }

    private void RunShares()
    {
        while (Take() is { } share)
        {
            for (var index = share; index < Math.Min(share + Share, seeds.Count); index++) RunOne(seeds[index]);
            lock (_gate) _underWay.Remove(share);
        }
    }

    private ulong? Take()
    {
        lock (_gate)
        {
            if (_next >= seeds.Count || (_failures.Count > 0 && !goesOn)) return null;
            var share = _next;
            _next += Share;
            _underWay.Add(share);
            return share;
        }
    }

    private void RunOne(ulong seed)
    {
        var schedule = Schedule.Of(seed);
        var world = new SimulatedWorld(schedule);
        var violation = world.Run();
        lock (_gate) Longest = world.Loop.Count > Longest.Events ? (seed, world.Loop.Count) : Longest;
        Interlocked.Increment(ref _done);
        Interlocked.Add(ref _events, world.Loop.Count);
        if (violation is null) return;
        var failure = new Failure(schedule, violation);
        lock (_gate)
        {
            var (known, times) = _failures.GetValueOrDefault(failure.Kind, (failure, 0));
            _failures[failure.Kind] = (seed < known.Schedule.Seed ? failure : known, times + 1);
        }
    }
}
