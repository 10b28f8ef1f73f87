using Jobs.Core.Definitions;
using Jobs.Core.Ports;

namespace Jobs.Core.Runs;

/// <summary>
/// Parents and their children. A child's end is noted under its parent before the parent is looked at, and a parent that begins to wait is stored
/// before its children are counted: whichever comes last finds that all have ended. The same way round, a child is noted before its parent is asked
/// whether it still wants it, and a parent's end is stored before its children are cancelled.
/// </summary>
public sealed class Families(IChildren children, IRunStore runs, IArrayItems items, JobCatalog catalog, RunEngine engine, TimeProvider clock)
{
    /// <summary>How long after a parent's end a child that is noted and does not exist may still be on its way.</summary>
    public static readonly TimeSpan Straggling = TimeSpan.FromMinutes(30);

    private const int Parallelism = 8;

    private ArrayStarter Arrays => field ??= new ArrayStarter(this, children, runs, items, catalog, engine, clock);

    /// <summary>Whether the child may start: its parent goes on, or has succeeded without waiting for it. Else the child is noted as cancelled.</summary>
    public async Task<bool> AdmitAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        await children.RegisterAsync(parent, child, cancellation);
        if (await runs.ReadAsync(parent, cancellation) is { Run: { IsOver: false } or { State: RunState.Succeeded } }) return true;
        await children.NoteEndAsync(parent, child with { State = RunState.Cancelled, Error = $"Its parent {parent} was over before it started. Submit it on its own if it is wanted, or retry the parent." }, cancellation);
        return false;
    }

    /// <summary>Notes that the child can never be, so that its parent does not wait for it.</summary>
    public async Task RefuseAsync(RunId parent, ChildRun child, string why, CancellationToken cancellation) =>
        await NoteEndAsync(parent, child with { State = RunState.Failed, Error = why }, cancellation);

    /// <summary>Performs <see cref="EffectKind.TellParent"/>.</summary>
    public async Task<bool> TellParentAsync(RunReading ended, CancellationToken cancellation)
    {
        var run = ended.Run;
        var child = new ChildRun(run.ChildIndex, run.Id) { State = run.State, Error = run.State == RunState.Succeeded ? null : EndingJson.ErrorOf(ended) };
        await NoteEndAsync(run.Parent!.Value, child, cancellation);
        return true;
    }

    private async Task NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        var endings = await children.NoteEndAsync(parent, child, cancellation);
        if (await runs.ReadAsync(parent, cancellation) is not { Run: { State: RunState.AwaitingChildren } waiting }) return;
        if (waiting.Array is not null) await StartAsync(waiting, endings.IsExact ? endings.AtLeast : null, cancellation);
        if (waiting.Children <= endings.AtLeast) await CountChildrenAsync(waiting, cancellation);
    }

    /// <summary>Performs <see cref="EffectKind.StartChildren"/>.</summary>
    public Task<bool> StartChildrenAsync(Run array, CancellationToken cancellation) => StartAsync(array, null, cancellation);

    private async Task<bool> StartAsync(Run array, int? ended, CancellationToken cancellation)
    {
        if (array is { State: RunState.AwaitingChildren, Array: { } work } && work.Begun < work.Count) await Arrays.StartAsync(array, ended, cancellation);
        // Should all have been refused, nobody else would notice.
        return ended is not null || await CountChildrenAsync(array, cancellation);
    }

    /// <summary>Performs <see cref="EffectKind.CountChildren"/>.</summary>
    /// <returns>False when the parent cannot go on yet although it could.</returns>
    public async Task<bool> CountChildrenAsync(Run parent, CancellationToken cancellation)
    {
        if (parent.State != RunState.AwaitingChildren) return true;
        var ended = (await children.ReadAsync(parent.Id, cancellation)).Where(child => child.State is not null && child.Index < parent.Children).ToList();
        if (ended.Count < parent.Children)
        {
            if (parent.Array is { } work && work.Begun < work.Count) await Arrays.StartAsync(parent, ended.Count, cancellation);
            return true;
        }

        var failed = ended.Count(child => child.State != RunState.Succeeded);
        var run = await engine.ApplyAsync(parent.Id, _ => new Fact.ChildrenEnded(failed), cancellation);
        return run?.State != RunState.AwaitingChildren;
    }

    /// <summary>Performs <see cref="EffectKind.CancelChildren"/>.</summary>
    public async Task<bool> CancelChildrenAsync(RunReading ended, CancellationToken cancellation)
    {
        var stragglers = 0;
        var alive = (await children.ReadAsync(ended.Run.Id, cancellation)).Where(child => child.State is null);
        var failures = await Concurrently.ForEachAsync(alive, Parallelism, CancelAsync, cancellation);
        if (failures.Count > 0) throw new AggregateException($"Of the children of {ended.Run.Id}, {failures.Count} could not be cancelled; the sweep repeats it.", failures);
        return stragglers == 0 || ended.Run.EndedAt + Straggling <= clock.GetUtcNow();

        async Task CancelAsync(ChildRun child)
        {
            if (await engine.CancelAsync(child.Run, cancellation) == CancelAnswer.NoSuchRun) Interlocked.Increment(ref stragglers);
        }
    }
}
