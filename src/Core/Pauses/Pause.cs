using Jobs.Core.Ids;

namespace Jobs.Core.Pauses;

/// <summary>While it lasts, a job, or one of its schedules, starts nothing.</summary>
/// <param name="Schedule">Null for the whole job.</param>
public sealed record Pause(string Job, string? Schedule)
{
    /// <summary>Characters that a reason may have.</summary>
    public const int MaxReason = 200;

    /// <summary>What to do about a run that was not started.</summary>
    public const string AfterSkipped =
        "Nothing, unless this run matters by itself: then retry it, or declare WhenPaused = Wait.";

    /// <summary>The longest that <see cref="Until"/> may be away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The shortest, so that it takes effect at all.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The command that began it, or changed it last: the same one coming again changes nothing.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>When that command was sent, for commands come in any order; null for when it came.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Who paused; null when that is not known.</summary>
    public string? By { get; init; }

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who ended it; null when it ended by itself.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The command that ended it; null when it ended by itself.</summary>
    public string? EndedId { get; init; }

    /// <summary>When that command was sent; null when it ended by itself.</summary>
    public DateTimeOffset? EndAskedAt { get; init; }

    /// <summary>When it ended, or is to end by itself; null for never.</summary>
    public DateTimeOffset? End => EndedAt ?? Until;

    /// <summary>When the command was sent that changed it last, be it to end it.</summary>
    internal DateTimeOffset LastAskedAt => EndAskedAt ?? BeginAskedAt;

    /// <summary>When the command was sent that began it.</summary>
    internal DateTimeOffset BeginAskedAt => AskedAt ?? From;

    /// <summary>Why a run was not started, a sentence for people.</summary>
    public string WhySkipped => $"'{Target}' was paused{(By is { } by ? $" by {by}" : "")}: {Reason}";

    /// <summary>What is paused: <c>csv-import</c>, <c>hourly-report/rate-1-hour</c>.</summary>
    public string Target => NameOf(Job, Schedule);

    /// <summary>What is paused, by the names of a job and of its schedule; null for the whole job.</summary>
    public static string NameOf(string job, string? schedule) =>
        schedule is null ? job : new ScheduleKey(job, schedule).ToString();

    public bool LastsAt(DateTimeOffset now) => EndedAt is null && !(Until <= now);

    /// <summary>How long of a time it lasted.</summary>
    internal TimeSpan Within(DateTimeOffset from, DateTimeOffset to)
    {
        var begin = From > from ? From : from;
        var end = End < to ? End.Value : to;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
