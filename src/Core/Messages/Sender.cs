namespace Jobs.Core.Messages;

/// <summary>Who has sent a command.</summary>
/// <param name="Job">The job whose role did; null for a person or another program.</param>
/// <param name="PrincipalId">
/// What AWS says, which the sender cannot forge: of a user <c>AIDA…</c>, of a role's session <c>AROA…:session</c>. Null
/// when it says nothing.
/// </param>
public sealed record Sender(string? Job, string? PrincipalId)
{
    /// <summary>Characters that a sender may call itself by.</summary>
    public const int MaxName = 128;

    /// <summary>When SQS took the command; null when it does not say.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>A person or a program of which nothing is known.</summary>
    public static Sender Unknown { get; } = new(null, null);

    /// <summary>
    /// The sender for people: as it calls itself, such as <c>user/alice</c>, and as AWS does where that does not say
    /// the same.
    /// </summary>
    /// <param name="by">What it calls itself; null for nothing.</param>
    public string? Named(string? by)
    {
        if (Job is not null) return $"job {Job}";
        if (by is null || PrincipalId is null) return by ?? PrincipalId;
        var session = PrincipalId[(PrincipalId.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return by[(by.LastIndexOf('/') + 1)..] == session ? by : $"{by} ({PrincipalId})";
    }

    /// <summary>
    /// The part of an ARN that tells who it is: <c>user/alice</c>, <c>assumed-role/Admin/alice</c>, <c>root</c>.
    /// </summary>
    public static string NameOf(string arn) =>
        arn[(arn.LastIndexOf(':') + 1)..] is { Length: <= MaxName } name ? name : arn[^MaxName..];
}
