namespace Jobs;

/// <summary>Which ends of a run start the jobs that come after it. A run that was skipped starts none.</summary>
public enum AfterOutcome
{
    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>It failed or timed out for good. Not when it was cancelled.</summary>
    Failure,

    /// <summary>It is over, also when it was cancelled.</summary>
    Always,
}
