namespace Jobs;

/// <summary>What happens when a schedule's time comes while its run before is not over.</summary>
public enum OverlapPolicy
{
    /// <summary>The new run is recorded as Skipped, which is not a failure.</summary>
    Skip,

    /// <summary>
    /// The new run starts when the one before is over. One waits at most: a later one takes its place, and it is
    /// Skipped.
    /// </summary>
    Queue,

    /// <summary>The run before is cancelled, and the new one starts when its task has stopped.</summary>
    Replace,

    /// <summary>Both run.</summary>
    Allow,
}
