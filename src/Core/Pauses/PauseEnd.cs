namespace Jobs.Core.Pauses;

/// <summary>That a pause is to end.</summary>
/// <param name="Schedule">Null for the whole job.</param>
/// <param name="Id">The command's.</param>
/// <param name="By">Who ends it; null when that is not known.</param>
public sealed record PauseEnd(string Job, string? Schedule, string Id, string? By)
{
    /// <summary>When it was asked for; null for now.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>What is kept where nothing is paused: the pause may come yet, though it was asked for before.</summary>
    internal Pause WithoutPause(DateTimeOffset now) => new(Job, Schedule)
    {
        Id = Id,
        AskedAt = AskedAt,
        From = now,
        Reason = "It was resumed before it was paused.",
        EndedAt = now,
        EndedBy = By,
        EndedId = Id,
        EndAskedAt = AskedAt ?? now,
    };
}
