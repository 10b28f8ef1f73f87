namespace Jobs.Core.Alerts;

/// <summary>
/// A cause while it is open: which runs it has met and which e-mails were sent about it. To send one, it is claimed, published and
/// noted; a claim that is not noted within <see cref="ClaimLife"/> was lost with its process, and the e-mail is sent again.
/// </summary>
public sealed record AlertCause(AlertCauseKey Key)
{
    /// <summary>Runs remembered by name, so that a repeated report counts once. Beyond it they are only counted: then a count is 'about'.</summary>
    public const int MaxRuns = 200;

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

    /// <summary>Runs met; exact up to <see cref="MaxRuns"/>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Keys of the runs it remembers, without their job.</summary>
    public IReadOnlyCollection<string> Runs { get; init; } = [];

    /// <summary>Stuck runs that have moved again.</summary>
    public int Recovered { get; init; }

    /// <summary>Stuck runs that are no longer: <see cref="Recovered"/>, and those that ended otherwise.</summary>
    public int Settled { get; init; }

    public bool FirstIsSent { get; init; }

    public bool StormIsSent { get; init; }

    /// <summary>Its last e-mail is being sent: it takes in no more runs.</summary>
    public bool IsClosing { get; init; }

    /// <summary>Claims so far; each is conditioned on this number.</summary>
    public int Claims { get; init; }

    /// <summary>When an e-mail was last claimed; null when the last claim is noted.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    public bool CountIsExact => Count <= MaxRuns;

    public TimeSpan Span => LastAt - OpenedAt;

    /// <summary>What to send now; null for nothing, also while somebody else is sending.</summary>
    public AlertStep? DueAt(DateTimeOffset now) => this switch
    {
        _ when ClaimedAt + ClaimLife > now => null,
        { IsClosing: true } => AlertStep.Over,
        // Nobody need hear that a run was stuck which has moved on meanwhile; that it moves again says both.
        { Key.IsStuck: true } when Settled >= Count => AlertStep.Over,
        { FirstIsSent: false } => AlertStep.First,
        { Key.IsStuck: false } when LastAt + Quiet <= now => AlertStep.Over,
        _ when OpenedAt + LongestLife <= now => AlertStep.Over,
        { StormIsSent: false, Count: > StormSize } => AlertStep.Storm,
        _ => null,
    };

    /// <summary>Whether its end is worth an e-mail: of a single failure everything has been said.</summary>
    public bool EndIsNews => Key.IsStuck ? Recovered > 0 || Settled < Count : Count > 1;
}
