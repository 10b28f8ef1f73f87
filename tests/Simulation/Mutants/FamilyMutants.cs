namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in parents, children and arrays.</summary>
internal static class FamilyMutants
{
    private const string Lifecycle = "Runs/RunLifecycle.cs";
    private const string Endings = "Runs/RunEndings.cs";
    private const string Core = "Runs/Families.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Wide("inexact-count-believed", "A count of endings that may be too high is taken for exact.", Core,
            "endings.IsExact ? endings.AtLeast : null", "endings.AtLeast"),
        Wide("first-children-counted", "Only the first page of children is counted.", Core,
            "var ended = (await children.ReadAsync(parent.Id, cancellation)).Where(", "var ended = (await " +
            "children.ReadAsync(parent.Id, cancellation)).Take(1).Where("),
        Wide("first-children-cancelled", "Only the first page of children is cancelled.", Core,
            "var alive = (await children.ReadAsync(ended.Run.Id, cancellation)).Where(", "var alive = (await " +
            "children.ReadAsync(ended.Run.Id, cancellation)).Take(1).Where("),
        Wide("resumes-one-early", "A parent goes on when one child has not ended.", Core,
            "if (ended.Count < parent.Children)", "if (ended.Count + 1 < parent.Children)"),
        Wide("orphans-admitted", "A child starts although its parent is over.", Core,
            "is { Run: { IsOver: false } or { State: RunState.Succeeded } }) return true;", "is not null) return " +
            "true;"),
        Wide("refused-child-not-noted", "A child that can never start is waited for.", Core,
            "await NoteEndAsync(parent, child with { State = RunState.Failed, Error = why }, " +
            "cancellation);", "await Task.CompletedTask;"),
        Wide("failed-items-uncounted", "An array succeeds whatever became of its items.", Core,
            "ended.Count(child => child.State != RunState.Succeeded)", "ended.Count(child => child.State == " +
            "RunState.Skipped)"),
        Wide("array-limit-ignored", "An array begins all its items at once.", "Runs/ArrayStarter.cs",
            "{ State: RunState.AwaitingChildren, Array: { } work } && work.Begun < limit)", "{ State: " +
            "RunState.AwaitingChildren, Array: { } work } && work.Begun < (limit = work.Count))"),
        Wide("parent-cancels-nobody", "The end of a parent leaves its children alone.", Endings,
            "if ((run.MaySubmit || run.Array is not null) && state != RunState.Succeeded)", "if (run.Array is not " +
            "null && state == RunState.Skipped)"),
        Wide("parent-not-told", "A child's end is not noted under its parent.", Endings,
            "if (run.Parent is not null) ended = Owe(ended, Effect.TellParent);", ""),
        Wide("children-not-noted", "How many children the worker submitted is not taken over.", Lifecycle,
            "Children = worker?.Children ?? run.Children,", "Children = " +
            "run.Children,") with { CaughtBy = [.. Families.Children, .. Families.Attempts] },
        Wide("phase-is-failure", "A phase that ended to await its children is done again.", "Verdicts/TaskVerdicts.cs",
            "VerdictClass.AwaitingChildren, Cure.Await,", "VerdictClass.AwaitingChildren, " +
            "Cure.Retry,") with { CaughtBy = [.. Families.Children, .. Families.Attempts] },
    ];

    private static Mutant Wide(string name, string forgets, string file, string original, string replacement) =>
        new(name, forgets, file, original, replacement, Families.Children) { IsWide = true };
}
