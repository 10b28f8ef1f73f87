using System.Collections.Immutable;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Pauses;

/// <summary>
/// The pauses of a stack, one item: those that last, and of each job or schedule the last few that have ended, by which
/// a run tells how long it waited for them.
/// </summary>
public sealed record PauseList(ImmutableArray<Pause> All)
{
    /// <summary>Ended pauses that are kept of a job or a schedule.</summary>
    private const int KeptEach = 5;

    /// <summary>Ended pauses that are kept in all: the item stays small, whatever is paused how often.</summary>
    private const int KeptInAll = 50;

    /// <summary>How long an ended pause is kept: longer than a run with a deadline lives.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(45);

    public static PauseList None { get; } = new([]);

    /// <summary>
    /// Grows by one with every write, each of which is conditioned on the one before; 0 when nothing is stored yet.
    /// </summary>
    public int Version { get; init; }

    /// <summary>What the stored item has that this version does not know: it is written back as it was.</summary>
    public CarriedAttributes? Carried { get; init; }

    /// <summary>The pauses that last.</summary>
    public IEnumerable<Pause> LastingAt(DateTimeOffset now) => All.Where(pause => pause.LastsAt(now));

    /// <summary>The pause of a job; null when it is not paused, whatever its schedules are.</summary>
    public Pause? Of(string job, DateTimeOffset now) => Find(job, null, now);

    /// <summary>The pause of a schedule itself; null when it has none, whatever its job has.</summary>
    public Pause? Of(ScheduleKey key, DateTimeOffset now) => Find(key.Job, key.Name, now);

    /// <summary>Whether the schedule itself is paused, or was not long ago.</summary>
    public bool Knows(ScheduleKey key) => All.Any(pause => pause.Job == key.Job && pause.Schedule == key.Name);

    /// <summary>
    /// What a run of the job waited for pauses, and by the latest whom; null when there was none in that time.
    /// </summary>
    /// <param name="asked">When the run was asked for.</param>
    /// <param name="to">Until when it is counted.</param>
    public PausedTime? WaitedBy(string job, DateTimeOffset asked, DateTimeOffset to)
    {
        var met = All.Where(
            pause => pause.Job == job && pause.Schedule is null && pause.Within(asked, to) > TimeSpan.Zero)
            .OrderBy(pause => pause.From)
            .ToList();
        if (met is not [.., var last]) return null;
        var end = last.End < to ? last.End.Value : to;
        var time = met.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Within(asked, to));
        return new PausedTime(last.From > asked ? last.From : asked, end, time) { By = last.By };
    }

    /// <summary>
    /// The list with a pause; one that lasts is changed and goes on. The same instance when its command is known, or
    /// one for the same that was sent later has come before it.
    /// </summary>
    public PauseList Begin(Pause pause)
    {
        if (All.Any(known => known.Id == pause.Id || IsOvertaken(pause, known))) return this;
        return Find(pause.Job, pause.Schedule, pause.From) is { } lasting
            ? this with { All = All.Replace(lasting, pause with { From = lasting.From }) }
            : this with { All = All.Add(pause) };
    }

    /// <summary>
    /// The list without that pause, or with the note that one which was asked for before is not to begin. The same
    /// instance when the command has ended one, or the pause was asked for after it.
    /// </summary>
    public PauseList End(PauseEnd end, DateTimeOffset now)
    {
        if (All.Any(known => known.EndedId == end.Id)) return this;
        var lasting = Find(end.Job, end.Schedule, now);
        if (lasting is null) return this with { All = All.Add(end.WithoutPause(now)) };
        if (lasting.BeginAskedAt > end.AskedAt) return this;
        var ended = lasting with
        {
            EndedAt = now,
            EndedBy = end.By,
            EndedId = end.Id,
            EndAskedAt = end.AskedAt ?? now,
        };
        return this with { All = All.Replace(lasting, ended) };
    }

    /// <summary>
    /// The list with those ended whose time is over, and without what is not kept. The same instance when there is
    /// nothing to do.
    /// </summary>
    public PauseList Expire(DateTimeOffset now)
    {
        var all = All.Select(
            pause => pause is { EndedAt: null, Until: { } until } && until <= now
                ? pause with { EndedAt = until }
                : pause).ToList();
        var kept = all.Where(pause => pause.EndedAt + Kept > now)
            .GroupBy(pause => pause.Target)
            .SelectMany(same => same.OrderByDescending(pause => pause.EndedAt).Take(KeptEach))
            .OrderByDescending(pause => pause.EndedAt)
            .Take(KeptInAll)
            .ToHashSet();
        var next = all.Where(pause => pause.EndedAt is null || kept.Contains(pause)).ToImmutableArray();
        return next.SequenceEqual(All) ? this : this with { All = next };
    }

    private static bool IsOvertaken(Pause pause, Pause known) =>
        known.Target == pause.Target && known.LastAskedAt > pause.BeginAskedAt;

    private Pause? Find(string job, string? schedule, DateTimeOffset now) =>
        All.FirstOrDefault(pause => pause.Job == job && pause.Schedule == schedule && pause.LastsAt(now));
}
