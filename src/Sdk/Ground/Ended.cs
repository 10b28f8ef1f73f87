namespace Jobs;

/// <summary>How a run of another job ended: the input of a job that comes after it.</summary>
/// <param name="Run">Id of the run: <c>&lt;job&gt;/&lt;26 characters&gt;</c>.</param>
/// <param name="State">Succeeded, Failed, TimedOut or Cancelled.</param>
/// <param name="Result">The result; null, or the type's default, unless it succeeded, and after an image without our
/// host.</param>
/// <param name="Error">Why it did not succeed, a sentence for people; null when it did.</param>
public sealed record Ended<T>(string Run, RunState State, T? Result = default, string? Error = null);
