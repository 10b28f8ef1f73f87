namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in parents, children and arrays.</summary>
internal static class ChildMutants
{
    private const string Lifecycle = "Runs/RunLifecycle.cs";
    private const string Endings = "Runs/RunEndings.cs";
    private const string Core = "Children/ChildCoordinator.cs";
    private const string Starter = "Children/ArrayStarter.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Wide("noted-twice-counts-twice", "An ending that was noted before frees a place for another child.", Starter,
            "var claims = isNew && before is not null", "var claims = before is not null"),
        Wide("epoch-of-after-the-ending",
            "The place that an ending frees is claimed in an epoch that may have counted it.", Core,
            """
                    var cursor = await cursors.ReadAsync(parent, isExact: false, cancellation);
                    var ending = await children.NoteEndAsync(parent, child, cancellation);
            """,
            """
                    var ending = await children.NoteEndAsync(parent, child, cancellation);
                    var cursor = await cursors.ReadAsync(parent, isExact: false, cancellation);
            """) with { Skips = 1_370 },
        Wide("first-child-cancelled", "Only the first page of children is cancelled.", Core,
            "alive.Take(MostCancelled)", "alive.Take(1)"),
        Wide("resumes-one-early", "A parent goes on when one child has not ended.", Core,
            "if (blocks.Ended(parent.Children) < parent.Children)", "if (blocks.Ended(parent.Children) + 1 < " +
            "parent.Children)"),
        Wide("failed-items-uncounted", "An array succeeds whatever became of its items.", Core,
            "var failed = blocks.Failed(parent.Children);", "var failed = 0;"),
        Wide("array-limit-ignored", "An array begins all its items at once.", Starter,
            "(int)Math.Min(work.Count, (long)work.AtOnce + blocks.Ended(work.Count))", "work.Count + (0 * " +
            "blocks.Ended(work.Count))"),
        Wide("orphans-admitted", "A child starts although its parent is over.", Core,
            "is { Run: { IsOver: false } or { State: RunState.Succeeded } }) return true;", "is not null) return " +
            "true;") with { Skips = 400 },
        Wide("refused-child-not-noted", "A child that can never start is waited for.", Core,
            "await NoteEndAsync(parent, child with { State = RunState.Failed, Error = why }, " +
            "cancellation);", "await Task.CompletedTask;"),
        Wide("parent-cancels-none", "The end of a parent leaves its children alone.", Endings,
            "if ((run.MaySubmit || run.Array is not null) && state != RunState.Succeeded)", "if (run.Array is not " +
            "null && state == RunState.Skipped)"),
        Wide("parent-not-told", "A child's end is not noted under its parent.", Endings,
            "if (run.Parent is not null) ended = Owe(ended, Effect.TellParent);", ""),
        Wide("children-not-noted", "How many children the worker submitted is not taken over.", Lifecycle,
            "Children = worker.Children ?? run.Children,", "Children = run.Children,") with
            {
                CaughtBy = [.. InvariantGroups.Children, .. InvariantGroups.Attempts],
            },
        Wide("phase-is-failure", "A phase that ended to await its children is done again.", "Verdicts/TaskVerdicts.cs",
            "VerdictClass.AwaitingChildren, VerdictAction.Await,", "VerdictClass.AwaitingChildren, " +
            "VerdictAction.Retry,") with { CaughtBy = [.. InvariantGroups.Children, .. InvariantGroups.Attempts] },
    ];

    private static Mutant Wide(string name, string forgets, string file, string original, string replacement) =>
        new(name, forgets, file, original, replacement, InvariantGroups.Children) { IsWide = true };
}
