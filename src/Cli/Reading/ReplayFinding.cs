using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>One thing that a replay is about.</summary>
/// <param name="What">An object, a run, or a message's reason.</param>
/// <param name="Job">The job that it starts; null when that is not known before.</param>
/// <param name="Ran">The run that it has already made, so that only --force starts another; null for none.</param>
/// <param name="IsMessage">It goes into the job's queue.</param>
internal sealed record ReplayFinding(string What, string? Job, RunReading? Ran, bool IsMessage = false);
