using Jobs.Core.Verdicts;

namespace Jobs;

/// <summary>
/// How often a failed attempt is repeated, how long after, and after which ends. Without rules, what may pass is
/// repeated (errors, crashes, failed starts, silence) and what would only happen again is not (a JobFailedException, a
/// timeout). AWS's own interruptions are always repeated and never counted.
/// </summary>
public sealed record RetryPolicy
{
    /// <summary>
    /// Attempts in all, 1 to 20, the first included. Interruptions by AWS are not counted. Default 3.
    /// </summary>
    public int Attempts { get; init; } = 3;

    /// <summary>
    /// Wait before the second attempt in seconds, 0 to 86,400; doubled for each further one, and jittered by up to
    /// half. Up to 30 seconds are waited while the next task starts. Default 15.
    /// </summary>
    public int BackoffSeconds { get; init; } = 15;

    /// <summary>Longest wait in seconds, at least <see cref="BackoffSeconds"/>. Default 3,600.</summary>
    public int MaxBackoffSeconds { get; init; } = 3_600;

    /// <summary>
    /// Ends after which the run fails at once. Outweighs <see cref="Retryable"/>. Default null: none.
    /// </summary>
    public RetryMatch? NonRetryable { get; init; }

    /// <summary>
    /// Ends after which the run is repeated although it would not be, such as TimedOut. What the job itself called
    /// hopeless (JobFailedException) is repeated only when its error type is named here. Default null: none.
    /// </summary>
    public RetryMatch? Retryable { get; init; }
}
