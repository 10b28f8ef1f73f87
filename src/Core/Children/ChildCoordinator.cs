using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Children;

/// <summary>
/// Parents and their children. A child's end is noted under its parent before the parent is looked at, and a parent
/// that begins to wait is stored before its children are counted: whichever comes last finds that all have ended. The
/// same way round, a child is noted before its parent is asked whether it still wants it, and a parent's end is stored
/// before its children are cancelled.
/// </summary>
public sealed class ChildCoordinator(
    IChildren children, IArrayCursors cursors, IRunStore runs, IArrayItems items, JobCatalog catalog,
        RunEngine engine, TimeProvider clock)
{
    /// <summary>
    /// How long after a parent's end a child that is noted and does not exist may still be on its way.
    /// </summary>
    public static readonly TimeSpan Straggling = TimeSpan.FromMinutes(30);

    private const int Parallelism = 8;

    /// <summary>Children that are cancelled at a time: all of a job's.</summary>
    private const int MostCancelled = 10_000;

    private ArrayStarter Arrays => field ??= new ArrayStarter(children, cursors, runs, items, catalog, engine, clock);

    private MissingChildren Missing => field ??= new MissingChildren(children, runs, engine, clock);

    /// <summary>Notes that a command asks for the child.</summary>
    /// <returns>The child as the first such command asked for it: one with another input is another child.</returns>
    public Task<ChildRun> RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation) =>
        children.RegisterAsync(parent, child with { RegisteredAt = clock.GetUtcNow() }, cancellation);

    /// <summary>
    /// Whether the child, which is registered, may start: its parent goes on, or has succeeded without waiting for it.
    /// Else it is noted as cancelled, unless it runs, or may be about to: then it is the cancelling's, which goes on as
    /// long.
    /// </summary>
    public async Task<bool> AdmitAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        var reading = await runs.ReadAsync(parent, cancellation);
        if (reading is { Run: { IsOver: false } or { State: RunState.Succeeded } }) return true;
        // Another copy of the command may have begun it while the parent went on.
        if (reading?.Run.Owes(EffectKind.CancelChildren) == true) return false;
        if (await runs.ReadAsync(child.Run, cancellation) is null) await NoteLateAsync(parent, child, cancellation);
        return false;
    }

    private async Task NoteLateAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        var why = $"Its parent {parent} was over before it started. Submit it on its own if it is wanted, or retry " +
            "the parent.";
        await children.NoteEndAsync(parent, child with { State = RunState.Cancelled, Error = why }, cancellation);
    }

    /// <summary>Notes that the child can never be, so that its parent does not wait for it.</summary>
    public async Task RefuseAsync(RunId parent, ChildRun child, string why, CancellationToken cancellation) =>
        await NoteEndAsync(parent, child with { State = RunState.Failed, Error = why }, cancellation);

    /// <summary>Performs <see cref="EffectKind.TellParent"/>.</summary>
    public async Task<bool> TellParentAsync(RunReading ended, CancellationToken cancellation)
    {
        var run = ended.Run;
        var child = new ChildRun(run.ChildIndex, run.Id)
        {
            State = run.State,
            Error = run.State == RunState.Succeeded ? null : EndingJson.ErrorOf(ended),
        };
        await NoteEndAsync(run.Parent!.Value, child, cancellation);
        return true;
    }

    private async Task NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        // Before the ending is noted: no look of this epoch has counted it.
        var cursor = await cursors.ReadAsync(parent, isExact: false, cancellation);
        var ending = await children.NoteEndAsync(parent, child, cancellation);
        if (await runs.ReadAsync(parent, cancellation) is not { Run: { State: RunState.AwaitingChildren } waiting })
        {
            return;
        }

        var refused = waiting.Array is not null
            && await Arrays.EndedAsync(waiting, child.Index, cursor, ending.IsNew, cancellation);
        if (!refused && !ending.Block.IsComplete(waiting.Children)) return;
        var known = refused || waiting.Children > ChildBlock.Size ? null : new ChildBlocks([ending.Block]);
        await CountAsync(waiting, known, cancellation);
    }

    /// <summary>Performs <see cref="EffectKind.StartChildren"/>.</summary>
    public Task<bool> StartChildrenAsync(Run array, CancellationToken cancellation) =>
        CountChildrenAsync(array, cancellation);

    /// <summary>
    /// Performs <see cref="EffectKind.CountChildren"/>. Of an array it first begins as many as there are free places.
    /// </summary>
    /// <returns>
    /// False when the parent cannot go on yet although it could, or more of its children are to begin.
    /// </returns>
    public async Task<bool> CountChildrenAsync(Run parent, CancellationToken cancellation)
    {
        if (parent.State != RunState.AwaitingChildren) return true;
        var hasBegun = parent.Array is null || await Arrays.LookAsync(parent, cancellation);
        return await CountAsync(parent, null, cancellation) && hasBegun;
    }

    /// <param name="known">All blocks; null when they are to be read.</param>
    private async Task<bool> CountAsync(Run parent, ChildBlocks? known, CancellationToken cancellation)
    {
        var blocks = known ?? await children.BlocksAsync(parent.Id, cancellation);
        if (blocks.Ended(parent.Children) < parent.Children)
        {
            if (parent.Array is null) await Missing.TellAsync(parent, blocks, cancellation);
            return true;
        }

        var failed = blocks.Failed(parent.Children);
        var first = failed == 0 || parent.Array is null ? []
            : await children.FailuresAsync(parent.Id, blocks, parent.Children, 1, cancellation);
        var run = await engine.ApplyAsync(parent.Id, _ =>
            new Fact.ChildrenEnded(failed, first.Count > 0 ? first[0].Error : null), cancellation);
        return run?.State != RunState.AwaitingChildren;
    }

    /// <summary>Performs <see cref="EffectKind.CancelChildren"/>.</summary>
    /// <returns>False when some may still be on their way, or there are more than are cancelled at a time.</returns>
    public async Task<bool> CancelChildrenAsync(RunReading ended, CancellationToken cancellation)
    {
        var isLate = ended.Run.EndedAt + Straggling <= clock.GetUtcNow();
        var stragglers = 0;
        var alive = await AliveAsync(ended.Run, cancellation);
        var failures = await Concurrently.ForEachAsync(alive.Take(MostCancelled), Parallelism, CancelAsync,
            cancellation);
        if (failures.Count > 0)
        {
            throw new AggregateException(
                $"Of the children of {ended.Run.Id}, {failures.Count} could not be cancelled; the sweep repeats it.",
                failures);
        }

        return alive.Count <= MostCancelled && (stragglers == 0 || isLate);

        async Task CancelAsync(ChildRun child)
        {
            var answer = await engine.CancelAsync(child.Run, $"run {ended.Run.Id}", cancellation);
            if (answer != CancelAnswer.NoSuchRun) return;
            Interlocked.Increment(ref stragglers);
            if (isLate) await NoteLateAsync(ended.Run.Id, child, cancellation);
        }
    }

    /// <summary>
    /// Children that are to be, or are, and have not ended: a job's are registered, an array's are claimed.
    /// </summary>
    private async Task<IReadOnlyList<ChildRun>> AliveAsync(Run parent, CancellationToken cancellation)
    {
        if (parent.Array is null)
        {
            var all = await children.AllAsync(parent.Id, cancellation);
            return [.. all.Where(child => child.State is null)];
        }

        if (await cursors.ReadAsync(parent.Id, isExact: true, cancellation) is not { } cursor) return [];
        var blocks = await children.BlocksAsync(parent.Id, cancellation);
        return [.. blocks.Unended(cursor.Begun).Take(MostCancelled + 1).Select(index =>
            new ChildRun(index, ChildRun.IdOf(parent.Id.Job, parent.Id, index)))];
    }
}
