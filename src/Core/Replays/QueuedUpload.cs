namespace Jobs.Core.Replays;

/// <summary>An upload that goes into a job's queue again, as the rule of its trigger would put it there.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Trigger">Name of the trigger.</param>
public sealed record QueuedUpload(string Job, string Trigger, Upload Upload);
