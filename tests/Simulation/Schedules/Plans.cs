using System.Globalization;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Lambda;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>
/// The rules of the stack's schedules: from its job's deployment on each planned time is announced to the inbox, twice,
/// late, in any order, or
/// not at all.
/// </summary>
internal sealed class Plans
{
    /// <summary>How long after a planned time the watch may need to see that its run is missing.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(6);

    private readonly SimulatedWorld _world;
    private readonly Dictionary<RunId, PlannedTime> _planned = [];
    private readonly Dictionary<string, PlannedTime> _byBody = [];
    private readonly HashSet<string> _deployed = [];
    private readonly Dictionary<ScheduleKey, ScheduleState> _decided = [];
    private DateTimeOffset _quietAt;
    private int _unfired;

    public Plans(SimulatedWorld world)
    {
        _world = world;
        Inbox = new MessageQueue(
            world, "schedule", TimeSpan.FromSeconds(30), (sandbox, batch) =>
                sandbox.OnSchedule.OnSchedule(batch, sandbox));
    }

    public MessageQueue Inbox { get; }

    public IReadOnlyCollection<PlannedTime> All => _planned.Values;

    /// <summary>All times have come, and what is missing could have been noticed.</summary>
    public bool IsDone =>
        _unfired == 0 && Inbox.InFlight == 0 && _world.Loop.Now > Later(_quietAt, _world.FaultsEnd + Notice);

    public PlannedTime? Find(RunId run) => _planned.GetValueOrDefault(run);

    public void Begin(WorkItem.Plan plan)
    {
        var trigger = SimulatedJobs.All.Single(job => job.Name == plan.Job).Schedules[0];
        _unfired++;
        Await(plan.Job, trigger, _world.Loop.Now, plan.Times);
    }

    public bool Handled(string body)
    {
        if (!_byBody.TryGetValue(body, out var planned)) return false;
        if (!planned.IsRejected) planned.HandledAt ??= _world.Loop.Now;
        return true;
    }

    public bool Rejected(string body)
    {
        if (!_byBody.TryGetValue(body, out var planned)) return false;
        planned.IsRejected = true;
        if (_world.IsSettledIn(planned.Key.Job))
        {
            _world.Fail("OneRunPerPlannedTime",
                $"The announcement of {planned} was rejected although its job is deployed.");
        }

        return true;
    }

    /// <summary>The admins are going to be told that a run is missing.</summary>
    public void Told(RunId run)
    {
        if (_planned.TryGetValue(run, out var planned)) planned.ToldAt.Add(_world.Loop.Now);
    }

    /// <summary>A schedule's item was written.</summary>
    public void Decided(ScheduleState state)
    {
        CheckDecision(state, _decided.GetValueOrDefault(state.Key) ?? new ScheduleState(state.Key));
        _decided[state.Key] = state;
        if (state.Holder is not { } at || Find(Scheduler.IdOf(state.Key, at)) is not { } holder) return;
        var over = _world.Witness.Of(holder.Run).OverAt;
        if (state.Replaces && over is null && holder.ReplacedAt is null)
        {
            holder.ReplacedAt = _world.Loop.Now;
            _world.Witness.Cancelled(holder.Run);
        }

        foreach (var skipped in state.Skips.Where(skipped => over + Notice < _world.Loop.Now
            && _world.FaultsEnd + Notice < _world.Loop.Now))
        {
            _world.Fail("OverlapHolds",
                $"The run of {state.Key} at {skipped:HH:mm} is skipped for that of {at:HH:mm}, which is over since " +
                $"{over:HH:mm:ss}.");
        }
    }

    // What has a run was decided before, unless it was replayed.
    private void CheckDecision(ScheduleState state, ScheduleState before)
    {
        if (_world.Schedule.HasReplays) return;
        var decided = new[] { state.Holder, state.Next }.OfType<DateTimeOffset>().Concat(state.Skips);
        foreach (var at in decided.Where(at => !before.Knows(at)
            && _world.Runs.Find(Scheduler.IdOf(state.Key, at)) is not null))
        {
            _world.Fail("OverlapHolds",
                $"What becomes of {state.Key} at {at:HH:mm} is decided again, although it has its run " +
                $"{Scheduler.IdOf(state.Key, at)}.");
        }
    }

    // A rate is counted from when AWS made the rule, a cron expression from nothing; both are planned to the minute.
    private void Await(string job, ScheduleTrigger trigger, DateTimeOffset last, int times)
    {
        var next = trigger.ToSchedule().Next(last)!.Value;
        var planned = new DateTimeOffset(next.Ticks - (next.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        _world.Loop.At(planned, () => Come(job, trigger, planned, times));
    }

    private void Come(string job, ScheduleTrigger trigger, DateTimeOffset planned, int times)
    {
        if (_world.Catalog.Find(job) is null)
        {
            if (_deployed.Contains(job) || _world.Loop.Now > _world.FaultsEnd) _unfired--;
            else Await(job, trigger, planned, times);
            return;
        }

        _deployed.Add(job);
        Announce(new ScheduleKey(job, trigger.Name), planned);
        _quietAt = Later(_quietAt, planned + Notice);
        if (times > 1) Await(job, trigger, planned, times - 1);
        else _world.Loop.At(trigger.ToSchedule().Next(planned)!.Value, () => Stop(job, trigger, planned));
    }

    /// <summary>The rule is disabled: a time that its schedule plans is not announced.</summary>
    private void Stop(string job, ScheduleTrigger trigger, DateTimeOffset last)
    {
        _unfired--;
        if (_world.Catalog.Find(job) is null) return;
        var missing = new PlannedTime(new ScheduleKey(job, trigger.Name),
            trigger.ToSchedule().Next(last)!.Value)
        { IsLost = true };
        _planned.TryAdd(missing.Run, missing);
        _quietAt = Later(_quietAt, missing.At + Notice);
    }

    private void Announce(ScheduleKey key, DateTimeOffset at)
    {
        var planned = new PlannedTime(key, at) { IsLost = _world.Happens(FaultKind.LostAnnouncement) };
        if (!_planned.TryAdd(planned.Run, planned) || planned.IsLost) return;
        var said = at + _world.Chance.Seconds(0, 20);
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"job":"{{key.Job}}","schedule":"{{key.Name}}","plannedAt":"{{said:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        _byBody[body] = planned;
        Inbox.Send(body, FaultKind.DuplicateAnnouncement, FaultKind.DelayedAnnouncement);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
