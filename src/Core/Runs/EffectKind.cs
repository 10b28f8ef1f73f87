namespace Jobs.Core.Runs;

/// <summary>What a run may still owe the world. Each is safe to repeat.</summary>
public enum EffectKind
{
    /// <summary>Send RunTask for the current launch.</summary>
    Launch,

    /// <summary>Send StopTask for a task.</summary>
    Stop,

    /// <summary>Give the slot back.</summary>
    Release,

    /// <summary>Pass its schedule on to the run that comes next.</summary>
    ReleaseSchedule,

    /// <summary>Submit the jobs that come after it.</summary>
    Follow,

    /// <summary>Note its end under its parent, and wake the parent when it was the last.</summary>
    TellParent,

    /// <summary>Begin children of its array, as many as may run at once.</summary>
    StartChildren,

    /// <summary>Go on if all its children have ended.</summary>
    CountChildren,

    /// <summary>Cancel the children that have not ended: their results are no longer needed.</summary>
    CancelChildren,

    /// <summary>Tell the admins that it failed for good.</summary>
    Alert,

    /// <summary>Tell the admins that it is stuck.</summary>
    AlertStuck,

    /// <summary>Tell the admins that it is stuck no longer, unless its end tells them.</summary>
    AlertRecovered,

    /// <summary>Tell those of the job's recipients who hear of successes that it succeeded.</summary>
    AlertSuccess,

    /// <summary>A kind that this version does not know: it stays owed, for a newer one to perform.</summary>
    Unknown,
}
