namespace Jobs.Core.Verdicts;

/// <summary>What to do about a verdict, as far as the run's budget allows.</summary>
public enum VerdictAction
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Repeat, at the cost of an attempt.</summary>
    Retry,

    /// <summary>Repeat without cost: the job is not to blame.</summary>
    RetryFree,

    /// <summary>
    /// Repeat without cost for ten minutes from the first such refusal, then give up: what was just deployed may not be
    /// visible yet.
    /// </summary>
    RetryAWhile,

    /// <summary>Repeat without cost, on demand instead of Spot.</summary>
    RetryOnDemand,

    /// <summary>Only more memory can help.</summary>
    RetryBigger,

    /// <summary>Repeating cannot help.</summary>
    GiveUp,

    /// <summary>Wait for the children.</summary>
    Await,
}
