namespace Jobs.Core.Alerts;

/// <summary>
/// A cause while it is open: whom it has met and which e-mails were sent about it. To send one, it is claimed,
/// published and noted; a claim that is not noted within <see cref="ClaimLife"/> was lost with its process, and the
/// e-mail is sent again.
/// </summary>
public sealed record AlertCause(AlertCauseKey Key)
{
    /// <summary>
    /// Members remembered by name, settled or not, so that a repeated report counts once. Beyond it they are only
    /// counted: then a count is 'about'. With as many the cause's item stays below 1.5 KB: each write costs two units.
    /// </summary>
    public const int MaxMembers = 32;

    /// <summary>Runs beyond the first that make a storm.</summary>
    public const int StormSize = 5;

    /// <summary>Longer than any function may take.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromMinutes(2);

    /// <summary>A cause of failures is over when it has met no run for this long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(30);

    /// <summary>After this a cause is summed up, over or not: what goes on for days is said every day.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    /// <summary>Stands in the tail of each subject. The same for the same cause until it has closed.</summary>
    public required string AlertId { get; init; }

    /// <summary>Key of the first run, without its job.</summary>
    public required string FirstRun { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last met a run, or one of its runs moved again.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Members met; exact up to <see cref="MaxMembers"/>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Names, as of <see cref="AlertMember"/>, that it remembers and that are not settled.</summary>
    public IReadOnlyCollection<string> Members { get; init; } = [];

    /// <summary>
    /// Names of the stalls it remembers that are over. They stay here, so that a late report counts none of them, nor
    /// one that was settled before it was counted.
    /// </summary>
    public IReadOnlyCollection<string> SettledMembers { get; init; } = [];

    /// <summary>Counted stalls whose run has moved again.</summary>
    public int Recovered { get; init; }

    /// <summary>Counted stalls that are over: <see cref="Recovered"/>, and those whose run ended otherwise.</summary>
    public int Settled { get; init; }

    public bool FirstIsSent { get; init; }

    public bool StormIsSent { get; init; }

    /// <summary>Its last e-mail is being sent: it takes in no more runs.</summary>
    public bool IsClosing { get; init; }

    /// <summary>Claims so far; each is conditioned on this number.</summary>
    public int Claims { get; init; }

    /// <summary>When an e-mail was last claimed; null when the last claim is noted.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    public bool CountIsExact => Count <= MaxMembers;

    /// <summary>It remembers no further member. Once full, it stays full.</summary>
    public bool IsFull => Members.Count + SettledMembers.Count >= MaxMembers;

    public TimeSpan Span => LastAt - OpenedAt;

    /// <summary>Whether it has counted or settled this member, as far as it remembers.</summary>
    public bool Knows(AlertMember member) => Members.Contains(member.Name) || SettledMembers.Contains(member.Name);

    /// <summary>What to send now; null for nothing, also while another process is sending.</summary>
    public AlertDue? DueAt(DateTimeOffset now)
    {
        var lapsed = ClaimedAt + ClaimLife;
        if (lapsed > now || StepAt(now) is not { } due) return null;
        return lapsed > due.Since ? due with { Since = lapsed.Value } : due;
    }

    /// <summary>Whether its end is worth an e-mail: of a single failure everything has been said.</summary>
    public bool EndIsNews => Key.IsStuck ? Recovered > 0 || Settled < Count : Count > 1;

    private AlertDue? StepAt(DateTimeOffset now) => this switch
    {
        { IsClosing: true } => new(AlertStep.Over, LastAt),
        // A run that has moved on meanwhile needs no e-mail that it was stuck: the one that it moves again says both.
        { Key.IsStuck: true } when Settled >= Count => new(AlertStep.Over, LastAt),
        { FirstIsSent: false } => new(AlertStep.First, OpenedAt),
        { Key.IsStuck: false } when LastAt + Quiet <= now => new(AlertStep.Over, LastAt + Quiet),
        _ when OpenedAt + LongestLife <= now => new(AlertStep.Over, OpenedAt + LongestLife),
        { StormIsSent: false, Count: > StormSize } => new(AlertStep.Storm, OpenedAt),
        _ => null,
    };
}
