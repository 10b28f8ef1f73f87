using System.Collections.Immutable;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;

namespace Jobs.Core.Scheduling;

/// <summary>
/// What is known of a schedule, one item: which run holds it until it is over, which comes next, and what was decided
/// and is not known to be done. Runs are named by their planned times, from which their ids follow.
/// </summary>
public sealed record ScheduleState(ScheduleKey Key)
{
    /// <summary>
    /// Grows by one with every write, each of which is conditioned on the one before; 0 of what is not stored yet.
    /// </summary>
    public int Version { get; init; }

    /// <summary>
    /// The run that has the schedule until it is over; it may still have to be started. Null when none has.
    /// </summary>
    public DateTimeOffset? Holder { get; init; }

    /// <summary>The run that starts when the holder is over.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary><see cref="Next"/> has come to replace the holder, which is to be stopped.</summary>
    public bool Replaces { get; init; }

    /// <summary>Runs that are to be recorded as Skipped.</summary>
    public ImmutableArray<DateTimeOffset> Skips { get; init; } = [];

    /// <summary>The latest planned time that has come; null before the first.</summary>
    public DateTimeOffset? LastPlannedAt { get; init; }

    /// <summary>
    /// Expression and zone that <see cref="WatchedSince"/> belongs to; null until the watch has seen the schedule.
    /// </summary>
    public string? Expression { get; init; }

    /// <summary>Since when the schedule is deployed as it is: nothing planned before is missed.</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    /// <summary>The planned time whose missing run the admins were told of.</summary>
    public DateTimeOffset? ToldMissing { get; init; }

    /// <summary>What the stored item has that this version does not know: it is written back as it was.</summary>
    public CarriedAttributes? Carried { get; init; }

    /// <summary>Something of it was decided and may not be done: a run to start, to stop, to record.</summary>
    public bool IsUnsettled => Holder is not null || !Skips.IsEmpty;

    /// <summary>The decision about this planned time stands already.</summary>
    public bool Knows(DateTimeOffset planned) => Holder == planned || Next == planned || Skips.Contains(planned);

    /// <summary>The schedule once a planned time has come.</summary>
    public ScheduleState Come(DateTimeOffset planned, OverlapPolicy overlap)
    {
        var come = this with { LastPlannedAt = planned > LastPlannedAt ? planned : LastPlannedAt ?? planned };
        if (overlap == OverlapPolicy.Allow) return come;
        if (Holder is null) return come with { Holder = planned };
        if (overlap == OverlapPolicy.Skip) return come with { Skips = Skips.Add(planned) };
        // Times may come out of order: it is the earlier of the two that is displaced.
        var (later, displaced) = Next is { } next && next > planned ? (next, planned) : (planned, Next);
        return come with
        {
            Next = later,
            Replaces = Replaces || overlap == OverlapPolicy.Replace,
            Skips = displaced is { } skipped ? Skips.Add(skipped) : Skips,
        };
    }

    /// <summary>The schedule once its holder's run is over.</summary>
    public ScheduleState Release() => this with { Holder = Next, Next = null, Replaces = false };
}
