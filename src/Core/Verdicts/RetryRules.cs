using Jobs.Core.Workers;

namespace Jobs.Core.Verdicts;

/// <summary>Lets a job's own rules decide what is done about an attempt's end.</summary>
public static class RetryRules
{
    /// <summary>
    /// The classes whose action a job may choose. The others are not the job's to choose: successes, what a person
    /// asked for, interruptions by AWS, which are always repeated at no cost, and RunTask's refusals. Nor is any end
    /// whose own action costs nothing.
    /// </summary>
    public static IReadOnlyList<VerdictClass> Decidable { get; } =
    [
        VerdictClass.JobFailed, VerdictClass.ExitedNonZero, VerdictClass.Crashed, VerdictClass.OutOfMemory,
        VerdictClass.Killed, VerdictClass.NoResult,
        VerdictClass.NoExitCode, VerdictClass.HostFailed, VerdictClass.SidecarFailed, VerdictClass.TimedOut,
        VerdictClass.HeartbeatLost,
        VerdictClass.TaskMissing, VerdictClass.ImagePullFailed, VerdictClass.ResourceInitializationFailed,
        VerdictClass.NetworkNotReady,
        VerdictClass.ContainerNotStarted, VerdictClass.FailedToStart, VerdictClass.NeverStarted,
    ];

    /// <summary>
    /// The verdict with the action that the rules choose; the same verdict when they do not speak of it.
    /// </summary>
    /// <param name="exitCode">The worker's; null when it says nothing about the job, as after a stop that we asked
    /// for.</param>
    /// <param name="error">What the job threw; null when it says nothing about the end.</param>
    /// <param name="nonRetryable">Outweighs <paramref name="retryable"/>.</param>
    public static Verdict Decide(
        Verdict verdict, int? exitCode, WorkerError? error, RetryMatch? nonRetryable, RetryMatch? retryable)
    {
        var costsNothing =
            verdict.Action is VerdictAction.RetryFree or VerdictAction.RetryOnDemand or VerdictAction.RetryAWhile;
        if (costsNothing || !Decidable.Contains(verdict.Class)) return verdict;
        if (nonRetryable?.Matches(verdict.Class, exitCode, error) == true)
        {
            return verdict with
            {
                Action = VerdictAction.GiveUp,
                NextStep = $"{verdict.NextStep} The job's NonRetryable rules forbid to repeat it.",
            };
        }

        var hopeless = error is { Retryable: false };
        var retry = hopeless ? retryable?.Names(error) : retryable?.Matches(verdict.Class, exitCode, error);
        return retry == true ? verdict with { Action = VerdictAction.Retry } : verdict;
    }
}
