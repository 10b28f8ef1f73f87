using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;

namespace Jobs.Core.Scheduling;

/// <summary>
/// What the tick does for schedules: settles what a process that died left undone, and notices a run that was planned
/// and did not appear. One query for all schedules, and one read of the runs that hold them.
/// </summary>
/// <param name="sleeps">
/// The machine may sleep or be switched off, as a laptop does: what was planned meanwhile is not missed. AWS does not
/// sleep.
/// </param>
public sealed class ScheduleWatch(
    JobCatalog catalog, ISchedules schedules, IRunStore runs, Scheduler scheduler, AlertManager alerts,
    PauseView pauses, TimeProvider clock, bool sleeps)
{
    /// <summary>A tick that comes later than this after the last finds that the machine slept.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(3);

    /// <summary>
    /// By how much AWS's zone data and those here may differ about a clock, while a country's new law is in one of them
    /// only.
    /// </summary>
    public static readonly TimeSpan ZoneDifference = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a decision about a holder was carried out is looked at for this long: far longer than ticks can fail
    /// unnoticed.
    /// </summary>
    private static readonly TimeSpan Looked = TimeSpan.FromDays(1);

    /// <summary>
    /// Two at once are safe. What failed is thrown together, after all that could be done was.
    /// </summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var awakeSince = sleeps ? await AwakeSinceAsync(cancellation) : DateTimeOffset.MinValue;
        var known = (await schedules.AllAsync(cancellation)).ToDictionary(state => state.Key);
        var failures = new List<Exception>();
        var unsettled = known.Values.Where(state => state.Next is not null || !state.Skips.IsEmpty).ToList();
        // Only this needs the runs: what is planned is watched while they cannot be read.
        await TryAsync(
            async () => unsettled.AddRange(await WithoutRunAsync(known.Values, cancellation)), failures, cancellation);
        foreach (var state in unsettled)
        {
            await TryAsync(() => scheduler.SettleAsync(state.Key, cancellation), failures, cancellation);
        }

        foreach (var (key, trigger) in catalog.Schedules)
        {
            var state = known.Remove(key, out var stored) ? stored : new ScheduleState(key);
            // Whether its rule is enabled at the moment is not known here: what does not come is not missed.
            if (trigger.Disabled) continue;
            await TryAsync(() => WatchAsync(state, trigger, awakeSince, cancellation), failures, cancellation);
        }

        foreach (var removed in known.Values)
        {
            await TryAsync(() => EndAsync(removed, cancellation), failures, cancellation);
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(
                $"Of watching the schedules {failures.Count} steps failed; the next tick repeats them.", failures);
        }
    }

    /// <summary>Schedules whose run was decided and is not there: the process that decided it may have died.</summary>
    private async Task<IEnumerable<ScheduleState>> WithoutRunAsync(
        IReadOnlyCollection<ScheduleState> states, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow() - Looked;
        // What is paused has waited as long as it is paused.
        var known = await pauses.TryReadAsync(cancellation);
        var holders = states
            .Where(
                state =>
                    state.Holder is not null
                        && state.Next is null
                        && state.Skips.IsEmpty
                        && (state.LastPlannedAt >= since || known?.Knows(state.Key) == true))
            .ToDictionary(state => Scheduler.IdOf(state.Key, state.Holder!.Value));
        if (holders.Count > 0)
        {
            var read = await runs.ReadAsync([.. holders.Keys], cancellation);
            foreach (
                var id in read.Found.Select(reading => reading.Run.Id).Concat(read.Unreadable.Select(one => one.Id)))
            {
                holders.Remove(id);
            }
        }

        return holders.Values;
    }

    private async Task WatchAsync(
        ScheduleState state, ScheduleTrigger trigger, DateTimeOffset awakeSince, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var expression = $"{trigger.Expression} {trigger.TimeZone}".TrimEnd();
        if (state.Expression != expression)
        {
            // One that has come before the first look is watched since then: a firing belongs to what is deployed.
            var since = state.Expression is null ? state.WatchedSince : null;
            await SaveAsync(state with { Expression = expression, WatchedSince = since ?? now }, cancellation);
            return;
        }

        var schedule = trigger.ToSchedule();
        var from = new[] { Answered(state, trigger, schedule), state.WatchedSince ?? now, awakeSince }.Max();
        if (DueAfter(from, schedule, state.LastPlannedAt) is not { } due
            || due + GraceOf(trigger, schedule, due) > now
            || IsTold(state, due)) return;
        var missing = new MissingRun(state.Key, due);
        await alerts.ReportMissingAsync(missing, Scheduler.IdOf(state.Key, due), cancellation);
        // If another process wrote first, the next tick reports again, and the cause ignores the duplicate.
        await SaveAsync(state with { ToldMissing = due }, cancellation);
    }

    /// <summary>
    /// Until when the last firing has answered for. One of another time than is planned here is AWS's for a time that
    /// is planned here up to <see cref="ZoneDifference"/> later.
    /// </summary>
    private static DateTimeOffset Answered(ScheduleState state, ScheduleTrigger trigger, Schedule schedule)
    {
        if (state.LastPlannedAt is not { } fired) return DateTimeOffset.MinValue;
        var isOurs = trigger.TimeZone is null || schedule.Between(fired, fired + Schedule.Resolution).Any();
        return isOurs ? fired : fired + ZoneDifference;
    }

    /// <summary>
    /// In a zone a firing may be AWS's for an earlier time here, so it is waited for; unless the next is planned by
    /// then.
    /// </summary>
    private static TimeSpan GraceOf(ScheduleTrigger trigger, Schedule schedule, DateTimeOffset due)
    {
        var longest = ZoneDifference + MissingRun.Grace;
        return trigger.TimeZone is not null && !(schedule.Next(due) - due <= longest) ? longest : MissingRun.Grace;
    }

    /// <summary>
    /// A rate that has not come yet is due by the second of the first look, but runs are planned to the minute.
    /// </summary>
    private static bool IsTold(ScheduleState state, DateTimeOffset due) =>
        state.ToldMissing is { } told && MissingRun.Text(told) == MissingRun.Text(due);

    /// <summary>
    /// The first time after one at which the schedule should come: counted from its last firing, which alone shows when
    /// a rate fires.
    /// </summary>
    private static DateTimeOffset? DueAfter(DateTimeOffset from, Schedule schedule, DateTimeOffset? fired) =>
        fired is null
        ? schedule.Next(from)
        : schedule.Between(from.AddTicks(1), DateTimeOffset.MaxValue, fired).Cast<DateTimeOffset?>().FirstOrDefault();

    /// <summary>Of a schedule that is no longer deployed nothing is left, once its last run is over.</summary>
    private async Task EndAsync(ScheduleState state, CancellationToken cancellation)
    {
        if (state.IsUnsettled) await scheduler.SettleAsync(state.Key, cancellation);
        else await schedules.ForgetAsync(state, cancellation);
    }

    private async Task<DateTimeOffset> AwakeSinceAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var mark = await schedules.ReadMarkAsync(cancellation);
        var since = mark is not null && mark.At + LongestPause >= now ? mark.Since : now;
        await schedules.WriteMarkAsync(new ScheduleWatchMark(now, since), cancellation);
        return since;
    }

    private Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation) =>
        schedules.SaveAsync(state with { Version = state.Version + 1 }, cancellation);

    private static async Task TryAsync(Func<Task> work, List<Exception> failures, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            failures.Add(e);
        }
    }
}
