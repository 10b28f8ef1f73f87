namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in the table of (state, fact) and in what runs decide.</summary>
internal static class LifecycleMutants
{
    private const string Lifecycle = "Runs/RunLifecycle.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("interruption-counts", "An interruption by AWS spends an attempt.", Lifecycle,
            "again => again with { Interruptions = again.Interruptions + 1 }",
            "again => again with { Attempt = again.Attempt + 1 }"),
        new("one-attempt-too-many", "A run is repeated once more than its policy allows.", Lifecycle,
            "Cure.Retry when run.Attempt < run.Policy.Attempts", "Cure.Retry when run.Attempt <= run.Policy.Attempts"),
        new("attempts-not-counted", "A repetition does not count the attempt.", Lifecycle,
            "again => again with { Attempt = again.Attempt + 1 }", "again => again"),
        new("no-backoff", "A failed attempt is repeated without its wait.", Lifecycle,
            "NotBefore = now + wait, StopCause = null", "NotBefore = now, StopCause = null"),
        new("backoff-never-grows", "The wait before a repetition is not doubled.", Lifecycle, "run.Attempt - 1);", "-2);"),
        new("stop-cause-survives", "A run that is repeated still has the cause of its last stop.", Lifecycle,
            "StopCause = null, MissingSince = null, WaitsSince = null };", "MissingSince = null, WaitsSince = null };"),
        new("no-alert-owed", "A run that failed owes no alert.", Lifecycle,
            "return state is RunState.Failed or RunState.TimedOut ? Owe(ended, Effect.Alert) : ended;", "return ended;"),
        new("timeout-without-alert", "A run that timed out owes no alert.", Lifecycle,
            "return state is RunState.Failed or RunState.TimedOut ? Owe", "return state is RunState.Failed ? Owe"),
        new("removed-without-alert", "A waiting run of a removed job is cancelled in silence.", Lifecycle,
            "Fact.JobRemoved => Owe(End(run, Removed(), now), Effect.Alert)", "Fact.JobRemoved => End(run, Removed(), now)"),
        new("stale-stop-believed", "A stopped task of an earlier launch ends the current one.", Lifecycle,
            "if (stopped.Launch != run.Launch || stopped.Task.TaskArn != holder) return run;", ""),
        new("cancelled-is-stopped", "Cancelling is taken for the end of the task.", Lifecycle,
            "Fact.CancelRequested => new(EndUnstarted, StopTask, StopTask, CancelStopping, EndUnstarted, Keep)",
            "Fact.CancelRequested => new(EndUnstarted, EndUnstarted, EndUnstarted, EndUnstarted, EndUnstarted, Keep)"),
        new("terminal-overwritten", "A stopped task is judged although the run is over.", Lifecycle,
            "Fact.TaskStopped => new(Keep, Judge, Judge, Judge, Keep, Keep)", "Fact.TaskStopped => new(Keep, Judge, Judge, Judge, Keep, Judge)"),
        new("cancel-overwrites-end", "Cancelling changes how a run ended.", Lifecycle,
            "StopTask, StopTask, CancelStopping, EndUnstarted, Keep),\n        Fact.JobRemoved", "StopTask, StopTask, CancelStopping, EndUnstarted, EndUnstarted),\n        Fact.JobRemoved"),
        new("token-reused", "The next launch has the number, and so the token, of the last.", Lifecycle, "Launch = run.Launch + 1,", "Launch = Math.Max(run.Launch, 1),"),
        new("version-stays", "A fact is written over whatever was written since.", Lifecycle,
            "next = next with { Version = run.Version + 1 };", ""),
        new("refusal-gives-up", "A refusal for capacity ends the run.", Lifecycle,
            "if (refused.Verdict.Cure == Cure.GiveUp) return End", "if (refused.Verdict.Cure != Cure.None) return End"),
        new("unknown-is-refused", "A launch whose answer was lost is taken for refused.", "Runs/RunEngine.cs",
            "LaunchAnswer.Unknown => new Fact.LaunchUnknown(run.Launch),",
            "LaunchAnswer.Unknown => new Fact.LaunchRefused(run.Launch, RefusalVerdicts.Classify(\"Throttling\", null)),"),
        new("missing-once-is-missing", "One MISSING from ECS is believed at once.", "Runs/RunTimings.cs",
            "MissingConfirmation = TimeSpan.FromMinutes(5)", "MissingConfirmation = TimeSpan.Zero"),
        new("memory-never-grows", "A run that ran out of memory is repeated with what it had.", "Definitions/FargateSizes.cs",
            "FirstOrDefault(memory => memory > size.MemoryMiB)", "FirstOrDefault(memory => memory >= size.MemoryMiB)"),
    ];
}
