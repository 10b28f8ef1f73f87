using Jobs.Core.Definitions;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;

namespace Jobs.Core.Schedules;

/// <summary>
/// Makes one run of each planned time, however often it is announced, and lets a schedule's runs overlap as its policy says. What is decided is
/// first written to the schedule's item, by one conditional write, and then done; the next announcement, the end of the run
/// that holds the schedule, or the tick does what a process that died left undone.
/// </summary>
public sealed class ScheduleDesk(JobCatalog catalog, ISchedules schedules, IRunStore runs, RunEngine engine)
{
    /// <summary>The run that a planned time makes.</summary>
    public static RunId IdOf(ScheduleKey key, DateTimeOffset planned) => RunId.From(key.Job, "schedule", key.Name, MissingRun.Text(planned));

    /// <summary>A planned time has come, maybe not for the first time.</summary>
    /// <param name="said">The planned time as AWS says it, which may be some seconds late.</param>
    /// <returns>The run's id, and whether it was not known yet.</returns>
    /// <exception cref="RejectedMessageException">This stack does not have the schedule.</exception>
    public async Task<(RunId Id, bool IsNew)> ComeAsync(ScheduleKey key, DateTimeOffset said, CancellationToken cancellation)
    {
        var trigger = RequireTrigger(key);
        var planned = trigger.ToSchedule().PlannedAt(said);
        var id = IdOf(key, planned);
        while (true)
        {
            // The item before the run: a run that is decided, started and over between the two has changed the item.
            var state = await schedules.ReadAsync(key, cancellation);
            var isKnown = state.Knows(planned) || await runs.ReadAsync(id, cancellation) is not null;
            if (!isKnown && !await SaveAsync(state.Come(planned, trigger.Overlap), cancellation)) continue;
            if (!isKnown && trigger.Overlap == OverlapPolicy.Allow) await StartAsync(key, trigger, planned, holds: false, cancellation);
            await SettleAsync(key, cancellation);
            return (id, !isKnown);
        }
    }

    /// <summary>Starts the run of a planned time that was missed, whatever its schedule's overlap policy. False when there is one already.</summary>
    /// <exception cref="RejectedMessageException">This stack does not have the schedule.</exception>
    public Task<bool> CatchUpAsync(ScheduleKey key, DateTimeOffset planned, CancellationToken cancellation) =>
        StartAsync(key, RequireTrigger(key), planned, holds: false, cancellation);

    /// <summary>Does what is decided and may not be done: records what is skipped, starts and stops the holder, passes the schedule on. Safe to repeat.</summary>
    public async Task SettleAsync(ScheduleKey key, CancellationToken cancellation)
    {
        while (await schedules.ReadAsync(key, cancellation) is { IsUnsettled: true } state)
        {
            if (!state.Skips.IsEmpty)
            {
                foreach (var skipped in state.Skips) await SkipAsync(key, skipped, state, cancellation);
                await SaveAsync(state with { Skips = [] }, cancellation);
                continue;
            }

            var holder = state.Holder!.Value;
            var run = (await runs.ReadAsync(IdOf(key, holder), cancellation))?.Run;
            if (run is null)
            {
                await BeginAsync(key, holder, state, cancellation);
            }
            else if (run.IsOver)
            {
                await SaveAsync(state.Release(), cancellation);
            }
            else
            {
                if (state.Replaces) await engine.CancelAsync(run.Id, cancellation);
                return;
            }
        }
    }

    // Of a schedule that is no longer deployed nobody can start a run any more.
    private Task BeginAsync(ScheduleKey key, DateTimeOffset planned, ScheduleState state, CancellationToken cancellation) =>
        catalog.FindSchedule(key) is { } trigger
            ? StartAsync(key, trigger, planned, holds: true, cancellation)
            : SkipAsync(key, planned, state, cancellation);

    /// <summary>Performs <see cref="EffectKind.ReleaseSchedule"/>: passes the schedule that the run held on to the one that comes next.</summary>
    public async Task<bool> ReleaseAsync(Run run, CancellationToken cancellation)
    {
        if (run.Schedule is { } name) await SettleAsync(new ScheduleKey(run.Id.Job, name), cancellation);
        return true;
    }

    private Task<bool> StartAsync(ScheduleKey key, ScheduleTrigger trigger, DateTimeOffset planned, bool holds, CancellationToken cancellation) =>
        engine.SubmitAsync(
            RequestFor(key, planned, trigger.InputAt(planned)) with { Schedule = holds ? key.Name : null }, catalog.Find(key.Job)!, cancellation);

    private async Task SkipAsync(ScheduleKey key, DateTimeOffset planned, ScheduleState state, CancellationToken cancellation)
    {
        var job = catalog.Find(key.Job) ?? new JobDefinition(key.Job);
        var trigger = catalog.FindSchedule(key);
        var why = trigger is null
            ? $"Schedule '{key.Name}' is no longer part of the stack."
            : $"The run planned for {MissingRun.Text(state.Holder!.Value)} was not over, and schedule '{key.Name}' has Overlap = {trigger.Overlap}.";
        await engine.SkipAsync(RequestFor(key, planned, trigger?.InputAt(planned) ?? "null"), job, why, cancellation);
    }

    private ScheduleTrigger RequireTrigger(ScheduleKey key) => catalog.FindSchedule(key) ?? throw new RejectedMessageException(
        $"The message is for schedule '{key}', which this stack does not have (it has: {string.Join(", ", catalog.Schedules.Select(known => known.Key))}). " +
        "Deploy it, then send the message back to its inbox with a redrive.");

    private Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation) =>
        schedules.SaveAsync(state with { Version = state.Version + 1 }, cancellation);

    private static RunRequest RequestFor(ScheduleKey key, DateTimeOffset planned, string input) =>
        new(IdOf(key, planned), $"schedule {key.Name} {MissingRun.Text(planned)}", input);
}
