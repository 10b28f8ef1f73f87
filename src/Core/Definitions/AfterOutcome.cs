namespace Jobs;

/// <summary>Which ends of a run start the jobs that come after it. A run that was skipped starts none.</summary>
public enum AfterOutcome
{
    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>It failed or timed out for good. Not when somebody cancelled it.</summary>
    Failure,

    /// <summary>It is over, also when somebody cancelled it.</summary>
    Always,
}
