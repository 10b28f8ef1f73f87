namespace Jobs;

/// <summary>What becomes of what triggers bring while the job, or the schedule, is paused.</summary>
public enum WhenPaused
{
    /// <summary>
    /// A run is made and waits until the job is resumed. Of a paused schedule one planned time waits, the first or the
    /// latest as its overlap says, and the others are recorded as Skipped.
    /// </summary>
    Wait,

    /// <summary>
    /// The run is recorded as Skipped, which is not a failure. What a person, a parent or a replay asks for waits all
    /// the same.
    /// </summary>
    Skip,
}
