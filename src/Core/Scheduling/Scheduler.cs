using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;

namespace Jobs.Core.Scheduling;

/// <summary>
/// Makes one run of each planned time, however often it is announced, and lets a schedule's runs overlap as its policy
/// says. What is decided is first written to the schedule's item, by one conditional write, and then done; the next
/// announcement, the end of the run that holds the schedule, or the tick does what a process that died left undone. A
/// holder that is over stays on the item until the next time comes, which takes its place by the same write: only while
/// another run waits for its end does that end owe anything. While the schedule itself is paused, its holder is not
/// begun, or recorded as Skipped where its job declares that; what comes after is Skipped or next, as for any holder.
/// </summary>
public sealed class Scheduler(
    JobCatalog catalog, ISchedules schedules, IRunStore runs, RunEngine engine, PauseView pauses, TimeProvider clock)
{
    /// <summary>The run that a planned time makes.</summary>
    public static RunId IdOf(ScheduleKey key, DateTimeOffset planned) =>
        RunId.From(key.Job, "schedule", key.Name, MissingRun.Text(planned));

    /// <summary>A planned time has come, maybe not for the first time.</summary>
    /// <param name="said">The planned time as AWS says it, which may be some seconds late.</param>
    /// <returns>The run's id, and whether it was not known yet.</returns>
    /// <exception cref="NotDeployedException">This stack does not have the schedule.</exception>
    public async Task<(RunId Id, bool IsNew)> ComeAsync(
        ScheduleKey key, DateTimeOffset said, CancellationToken cancellation)
    {
        var trigger = RequireTrigger(key);
        var planned = trigger.ToSchedule().PlannedAt(said);
        var id = IdOf(key, planned);
        while (true)
        {
            // The item before the run: a run that is decided, started and over between the two has changed the item.
            var state = await ReleasedAsync(key, cancellation);
            if (await IsKnownAsync(state, planned, id, cancellation))
            {
                // Its run was replayed before it came: the watch is not to miss it.
                var isUnnoted = state is { LastPlannedAt: null, Expression: not null };
                if (isUnnoted && !await SaveAsync(state with { LastPlannedAt = planned }, cancellation)) continue;
                await SettleAsync(state, cancellation);
                return (id, false);
            }

            // Of a paused schedule one waits, and none is stopped for it.
            var isHeld = (await pauses.ReadAsync(cancellation)).Of(key, clock.GetUtcNow()) is not null;
            var overlap = isHeld && trigger.Overlap != OverlapPolicy.Skip ? OverlapPolicy.Queue : trigger.Overlap;
            var come = state.Come(planned, overlap) with
            {
                Version = state.Version + 1,
                // The first to arrive may be late: what was planned before came to an item that was forgotten since.
                WatchedSince = state.Version == 0 ? clock.GetUtcNow() : state.WatchedSince,
            };
            if (!await schedules.SaveAsync(come, cancellation)) continue;
            if (overlap == OverlapPolicy.Allow || (come.Holder == planned && !isHeld))
            {
                await StartAsync(key, trigger, planned, isTriggered: true, cancellation);
            }
            else await SettleAsync(come, cancellation);
            return (id, true);
        }
    }

    /// <summary>
    /// The schedule as it is, without a holder that is over: the next one takes its place by the same write.
    /// </summary>
    private async Task<ScheduleState> ReleasedAsync(ScheduleKey key, CancellationToken cancellation)
    {
        var state = await schedules.ReadAsync(key, cancellation);
        // What is not done of the last decisions comes first.
        if (state.Holder is not { } holder || state.Next is not null || !state.Skips.IsEmpty) return state;
        return await runs.ReadAsync(IdOf(key, holder), cancellation) is { Run.IsOver: true } ? state.Release() : state;
    }

    /// <summary>
    /// A time that is later than all that have come is new; of another, the item or its run tells. Of one from before
    /// there was this item, its run: an item may have been forgotten since, and made anew.
    /// </summary>
    private async Task<bool> IsKnownAsync(
        ScheduleState state, DateTimeOffset planned, RunId id, CancellationToken cancellation) =>
        !(planned > state.LastPlannedAt && planned >= state.WatchedSince)
        && (state.Knows(planned) || await runs.ReadAsync(id, cancellation) is not null);

    /// <summary>
    /// Starts the run of a planned time that was missed, whatever its schedule's overlap policy. False when there is
    /// one already.
    /// </summary>
    /// <exception cref="NotDeployedException">This stack does not have the schedule.</exception>
    public Task<bool> CatchUpAsync(ScheduleKey key, DateTimeOffset planned, CancellationToken cancellation) =>
        StartAsync(key, RequireTrigger(key), planned, isTriggered: false, cancellation);

    /// <summary>
    /// Does what is decided and may not be done: records what is skipped, starts and stops the holder, passes the
    /// schedule on. Safe to repeat.
    /// </summary>
    public async Task SettleAsync(ScheduleKey key, CancellationToken cancellation) =>
        await SettleAsync(await schedules.ReadAsync(key, cancellation), cancellation);

    private async Task SettleAsync(ScheduleState state, CancellationToken cancellation)
    {
        for (; state.IsUnsettled; state = await schedules.ReadAsync(state.Key, cancellation))
        {
            if (!state.Skips.IsEmpty)
            {
                foreach (var skipped in state.Skips) await SkipAsync(state.Key, skipped, state, cancellation);
                await SaveAsync(state with { Skips = [] }, cancellation);
                continue;
            }

            var holder = state.Holder!.Value;
            var run = (await runs.ReadAsync(IdOf(state.Key, holder), cancellation))?.Run;
            if (run is null)
            {
                if (!await BeginAsync(state.Key, holder, state, cancellation)) return;
            }
            else if (run.IsOver) await SaveAsync(state.Release(), cancellation);
            else if (!await HoldAsync(state, run, cancellation)) return;
        }
    }

    /// <summary>
    /// Lets the end of the run pass the schedule on, when another waits for it; stops it, when that one replaces it.
    /// </summary>
    /// <returns>Whether the run was over before the schedule was told of it.</returns>
    private async Task<bool> HoldAsync(ScheduleState state, Run run, CancellationToken cancellation)
    {
        if (state.Next is null) return false;
        var held = await engine.ApplyAsync(
            run.Id, reading => reading.Run.IsOver ? null : new Fact.ScheduleAwaits(state.Key.Name), cancellation);
        if (state.Replaces) await engine.CancelAsync(run.Id, $"schedule {state.Key}", cancellation);
        // Its end owes the rest: should it have come before that was noted, it is done here.
        return held is { IsOver: true };
    }

    /// <summary>
    /// Begins the run that holds the schedule; that of a schedule that is no longer deployed is recorded as Skipped.
    /// </summary>
    /// <returns>False when it waits for the schedule to be resumed.</returns>
    private async Task<bool> BeginAsync(
        ScheduleKey key, DateTimeOffset planned, ScheduleState state, CancellationToken cancellation)
    {
        if (catalog.FindSchedule(key) is not { } trigger)
        {
            await SkipAsync(key, planned, state, cancellation);
            return true;
        }

        var known = await pauses.TryReadAsync(cancellation);
        var pause = known?.Of(key, clock.GetUtcNow());
        var job = catalog.Find(key.Job)!;
        if (pause is not null && job.WhenPaused == WhenPaused.Skip)
        {
            await engine.SkipAsync(RequestFor(key, planned, trigger.InputAt(planned)), job, pause, cancellation);
            return true;
        }

        if (known is null || pause is not null) return false;
        await StartAsync(key, trigger, planned, isTriggered: true, cancellation);
        return true;
    }

    /// <summary>
    /// Performs <see cref="EffectKind.ReleaseSchedule"/>: passes the schedule that the run held on to the one that
    /// comes next.
    /// </summary>
    public async Task<bool> ReleaseAsync(Run run, CancellationToken cancellation)
    {
        if (run.Schedule is { } name) await SettleAsync(new ScheduleKey(run.Id.Job, name), cancellation);
        return true;
    }

    private Task<bool> StartAsync(
        ScheduleKey key, ScheduleTrigger trigger, DateTimeOffset planned, bool isTriggered,
        CancellationToken cancellation) => engine.SubmitAsync(
        RequestFor(key, planned, trigger.InputAt(planned)) with { IsTriggered = isTriggered },
        catalog.Find(key.Job)!,
        cancellation);

    private async Task SkipAsync(
        ScheduleKey key, DateTimeOffset planned, ScheduleState state, CancellationToken cancellation)
    {
        var job = catalog.Find(key.Job) ?? new JobDefinition(key.Job);
        var trigger = catalog.FindSchedule(key);
        var why = trigger switch
        {
            null => $"Schedule '{key.Name}' is no longer part of the stack.",
            { Overlap: OverlapPolicy.Allow } =>
                $"Schedule '{key.Name}' was paused, and of what comes meanwhile the first and the latest wait.",
            { Overlap: var overlap } =>
                $"The run planned for {MissingRun.Text(state.Holder!.Value)} was not over, and schedule '{key.Name}' " +
                    $"has Overlap = {overlap}.",
        };
        const string NextStep =
            "Nothing, unless this run matters by itself: then start it by hand, or choose another Overlap.";
        await engine.SkipAsync(
            RequestFor(key, planned, trigger?.InputAt(planned) ?? "null"), job, why, NextStep, cancellation);
    }

    private ScheduleTrigger RequireTrigger(ScheduleKey key) => catalog.FindSchedule(key)
        ?? throw new NotDeployedException(
        $"The message is for schedule '{key}', which this stack does not have (it has: " +
        $"{string.Join(", ", catalog.Schedules.Select(known => known.Key))}). " +
        "Deploy it, then send the message back to its inbox with a redrive.");

    private Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation) =>
        schedules.SaveAsync(state with { Version = state.Version + 1 }, cancellation);

    private static RunRequest RequestFor(ScheduleKey key, DateTimeOffset planned, string input) =>
        new(IdOf(key, planned), $"schedule {key.Name} {MissingRun.Text(planned)}", input);
}
