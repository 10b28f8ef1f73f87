using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs;

/// <summary>A child that an earlier phase of the run submitted, and that has ended.</summary>
/// <param name="Index">From 0, in the order in which it was submitted.</param>
/// <param name="Run">Id of the child's run.</param>
/// <param name="State">Succeeded, Failed, TimedOut or Cancelled.</param>
/// <param name="Error">Why it did not succeed, a sentence for people; null when it did.</param>
public sealed record Child(int Index, string Run, RunState State, string? Error = null);
