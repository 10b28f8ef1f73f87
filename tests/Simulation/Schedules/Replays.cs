using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Tests.InMemory;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>What people replay, and the objects of the bucket that a replay finds.</summary>
internal sealed class Replays(SimulatedWorld world)
{
    /// <summary>How long what cannot be started is tried at least; a tick may come too early.</summary>
    private static readonly TimeSpan Tried = (Replayer.MaxTries - 1) * TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, WorkItem.Replay> _asked = [];
    private readonly Dictionary<string, DateTimeOffset> _begunAt = [];
    private readonly Dictionary<string, DateTimeOffset> _furtherAt = [];

    /// <summary>The replays' items; their conditions are those of Core's own model.</summary>
    public InMemoryReplays Items { get; } = new();

    /// <summary>The uploads under <see cref="SimulatedJobs.ReloadedPrefix"/>.</summary>
    public InMemoryUploadedObjects Objects { get; } = new();

    public IReadOnlyCollection<WorkItem.Replay> Asked => _asked.Values;

    public bool AreOver => Items.ActiveAsync(CancellationToken.None).Result.Count == 0;

    public void Begin(WorkItem.Replay replay)
    {
        _asked[replay.Key] = replay;
        var (start, now) = (Text(world.Start), Text(world.Loop.Now));
        world.Commands.Replay(replay.Key, replay.Of switch
        {
            ReplayOf.Prefix => $$"""{"prefix":"{{SimulatedJobs.ReloadedPrefix}}"}""",
            ReplayOf.Window => $$"""{"schedule":"{{SimulatedJobs.ReportsKey}}","from":"{{start}}","to":"{{now}}"}""",
            _ => $$$"""{"failed":{"from":"{{{start}}}","to":"{{{now}}}"}}""",
        }, replay.PerMinute, replay.Force);
    }

    /// <summary>When the replay was taken in; null when it was not.</summary>
    public DateTimeOffset? BegunAt(string key) => _begunAt.TryGetValue(key, out var at) ? at : null;

    public Replay? Find(string key) => Items.ReadAsync(key, CancellationToken.None).Result;

    public bool Create(Replay replay)
    {
        if (!Items.CreateAsync(replay, CancellationToken.None).Result) return false;
        _begunAt[replay.Id] = _furtherAt[replay.Id] = world.Loop.Now;
        return true;
    }

    public bool Save(Replay replay)
    {
        var known = Find(replay.Id);
        if (known is { IsCancelled: true } && !replay.IsOver && replay.Version == known.Version + 1)
        {
            world.Fail("ReplaysRunWhatHasNotRun", $"Replay {replay.Id} was cancelled and goes on.");
        }

        if (!Items.SaveAsync(replay, CancellationToken.None).Result) return false;
        if (replay.Position == known!.Position && !replay.IsOver) return true;
        if (replay.Failed > known.Failed && _furtherAt[replay.Id] + Tried > world.Loop.Now && IsUndisturbed(replay.Id))
        {
            world.Fail("ReplaysRunWhatHasNotRun",
                $"Replay {replay.Id} has left out what it tried since {_furtherAt[replay.Id]:HH:mm:ss}: {replay.Error}");
        }

        _furtherAt[replay.Id] = world.Loop.Now;
        return true;
    }

    /// <summary>Whether a replay that was asked for makes this run.</summary>
    public bool AskedFor(Run run) => _asked.Values.Any(replay => IsOf(replay, run));

    // What a deployment took away is left out at once, and runs of queues are never run again by themselves.
    private bool IsUndisturbed(string key) => _asked[key].Of != ReplayOf.Failed && !world.Schedule.HasDeployments;

    private bool IsOf(WorkItem.Replay replay, Run run)
    {
        if (replay is { Of: ReplayOf.Window, Force: false } && IsInWindow(run.Id, replay)) return true;
        if (run.RetryOf is not { } before) return false;
        var again = replay.Of == ReplayOf.Failed ? RunId.From(before.Job, "retry", before.ToString(), "replay")
            : before;
        return run.Id == (replay.Force ? RunId.From(before.Job, "replay", replay.Key, again.ToString()) : again);
    }

    /// <summary>Times that were planned before its schedule was ever deployed are replayed as well.</summary>
    private bool IsInWindow(RunId run, WorkItem.Replay replay) =>
        PlannedBefore(world.Start + replay.At).Any(planned => planned.Run == run);

    /// <summary>
    /// The times of <see cref="SimulatedJobs.Reports"/> before then, which a command says in whole seconds.
    /// </summary>
    public IEnumerable<PlannedTime> PlannedBefore(DateTimeOffset end) =>
        from at in SimulatedJobs.Reports.Schedules[0]
            .ToSchedule()
            .Between(world.Start, end.AddTicks(-(end.Ticks % TimeSpan.TicksPerSecond)))
        select new PlannedTime(new(SimulatedJobs.Reports.Name, SimulatedJobs.ScheduleName), at);

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
