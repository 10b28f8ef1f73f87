namespace Jobs.Core.Definitions;

/// <summary>How often a failed attempt is repeated, and how long after.</summary>
public sealed record RetryPolicy
{
    /// <summary>Attempts in all, 1 to 20, the first included. Interruptions by AWS are not counted. Default 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Wait before the second attempt in seconds, 0 to 86,400; doubled for each further one. Default 30.</summary>
    public int BackoffSeconds { get; init; } = 30;

    /// <summary>Longest wait in seconds, at least <see cref="BackoffSeconds"/>. Default 3,600.</summary>
    public int MaxBackoffSeconds { get; init; } = 3_600;
}
