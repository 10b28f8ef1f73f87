namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in the table of (state, fact) and in what runs decide.</summary>
internal static class LifecycleMutants
{
    private const string Lifecycle = "Runs/RunLifecycle.cs";
    private const string Endings = "Runs/RunEndings.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("interruption-counts", "An interruption by AWS spends an attempt.", Endings,
            "again => again with { Interruptions = again.Interruptions + 1 }",
            "again => again with { Attempt = again.Attempt + 1 }", InvariantGroups.Attempts),
        new("one-attempt-too-many", "A run is repeated once more than its policy allows.", Endings,
            "VerdictAction.Retry when run.Attempt < run.Policy.Attempts",
            "VerdictAction.Retry when run.Attempt <= run.Policy.Attempts", InvariantGroups.Attempts),
        new("attempts-not-counted", "A repetition does not count the attempt.", Endings,
            "again => again with { Attempt = again.Attempt + 1 }", "again => again", InvariantGroups.Attempts),
        new("no-backoff", "A failed attempt is repeated without its wait.", Endings,
            "NotBefore = now + wait,", "NotBefore = now,", InvariantGroups.Attempts),
        new(
            "backoff-never-grows",
            "The wait before a repetition is not doubled.",
            Endings,
            "run.Attempt - 1);",
            "-2);",
            InvariantGroups.Attempts)
        {
            Skips = 150,
        },
        new("stop-cause-survives", "A run that is repeated still has the cause of its last stop.", Endings,
            "StopCause = null,", "", InvariantGroups.Attempts),
        new("no-alert-owed", "A run that failed owes no alert.", Endings,
            "RunState.Failed or RunState.TimedOut => Owe(ended, Effect.Alert),", "", InvariantGroups.Telling),
        new("timeout-without-alert", "A run that timed out owes no alert.", Endings,
            "RunState.Failed or RunState.TimedOut => Owe", "RunState.Failed => Owe",
            InvariantGroups.Telling),
        new("removed-without-alert", "A waiting run of a removed job is cancelled in silence.", Lifecycle,
            "Fact.JobRemoved => Owe(End(run, Removed(), now), Effect.Alert)",
            "Fact.JobRemoved => End(run, Removed(), now)", InvariantGroups.Telling),
        new("stale-stop-believed", "A stopped task of an earlier launch ends the current one.", Lifecycle,
            "if (stopped.Launch != run.Launch || stopped.Task.TaskArn != holder) return run;", "",
            InvariantGroups.Running),
        new("cancelled-is-stopped", "Cancelling is taken for the end of the task.", Lifecycle,
            "Fact.CancelRequested => new(EndUnstarted, StopTask, StopTask, CancelStopping, EndUnstarted, Keep)",
            "Fact.CancelRequested => new(EndUnstarted, EndUnstarted, EndUnstarted, EndUnstarted, EndUnstarted, Keep)",
            InvariantGroups.Once),
        new("terminal-overwritten", "A stopped task is judged although the run is over.", Lifecycle,
            "Fact.TaskStopped => new(Keep, Judge, Judge, Judge, Keep, Keep)",
            "Fact.TaskStopped => new(Keep, Judge, Judge, Judge, Keep, Judge)", InvariantGroups.Once),
        new(
            "token-reused",
            "The next launch has the number, and so the token, of the last.",
            Lifecycle,
            "Launch = run.Launch + 1,",
            "Launch = Math.Max(run.Launch, 1),",
            InvariantGroups.Running),
        new("done-never-noted", "What was performed is noted without a new version, and so never.", Lifecycle,
            "Owed = run.Owed.RemoveRange(effects), Version = run.Version + 1 };",
            "Owed = run.Owed.RemoveRange(effects) };", [.. InvariantGroups.Running, .. InvariantGroups.Telling]),
        new("refusal-gives-up", "A refusal for capacity ends the run.", Lifecycle,
            "if (refused.Verdict.Action == VerdictAction.GiveUp ||",
            "if (refused.Verdict.Action != VerdictAction.None ||", InvariantGroups.Attempts),
        new("unknown-is-refused", "A launch whose answer was lost is taken for refused.", "Engine/RunEngine.cs",
            "LaunchAnswer.Unknown => new Fact.LaunchUnknown(run.Launch),",
            "LaunchAnswer.Unknown => new Fact.LaunchRefused(run.Launch, RefusalVerdicts.Classify(\"Throttling\", " +
            "null)),", InvariantGroups.Running),
        new("missing-once-is-missing", "One MISSING from ECS is believed at once.", "Runs/RunTimings.cs",
            "MissingConfirmation = TimeSpan.FromMinutes(5)", "MissingConfirmation = TimeSpan.Zero",
            InvariantGroups.Running)
        {
            Skips = 170,
        },
        new("memory-never-grows", "A run that ran out of memory is repeated with what it had.", "Sizes/FargateSizes.cs",
            "FirstOrDefault(memory => memory > size.MemoryMiB)", "FirstOrDefault(memory => memory >= size.MemoryMiB)",
            InvariantGroups.Ending),
    ];
}
