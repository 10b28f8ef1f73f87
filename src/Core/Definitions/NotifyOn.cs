namespace Jobs;

/// <summary>What a job's recipient is told of. A run that was cancelled or skipped is told to none.</summary>
public enum NotifyOn
{
    /// <summary>It failed or timed out for good, is stuck, or did not run as planned.</summary>
    Failure,

    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>Both.</summary>
    Always,
}
