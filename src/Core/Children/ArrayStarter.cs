using System.Collections.Concurrent;
using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Children;

/// <summary>
/// Begins an array's children, each once and never more at once than may be. A free place for a child is found by an
/// ending, which frees the place of one child, or by a look, which counts what has begun and ended. The process that
/// found free places claims the next indexes on the cursor and begins them. A look ends the epoch in which the endings
/// that it counts could still claim: no place is used twice. A later look finds a child that was claimed by a process
/// that died.
/// </summary>
internal sealed class ArrayStarter(
    IChildren children, IArrayCursors cursors, IRunStore runs, IArrayItems items, JobCatalog catalog,
        RunEngine engine, TimeProvider clock)
{
    /// <summary>
    /// Children that one look begins or recovers at most, so that its process has the time: a minute's launches and
    /// more.
    /// </summary>
    internal const int MostInOneLook = 1_500;

    /// <summary>
    /// How long a claim may be under way before its process counts as dead; no function works for longer.
    /// </summary>
    internal static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(90);

    private const int Parallelism = 8;

    /// <summary>Children claimed together, whose lines are in memory at once.</summary>
    private const int Step = 50;

    /// <summary>Looks of others that one look gives way to.</summary>
    private const int Tries = 10;

    private readonly ArrayLines _lines = new(items, cursors);

    /// <summary>Begins the child that takes the place of one that ended.</summary>
    /// <param name="child">Index of the child that ended.</param>
    /// <param name="before">The cursor as it was before the ending was noted.</param>
    /// <returns>Whether a child was refused, which has then ended as well.</returns>
    public async Task<bool> EndedAsync(Run array, int child, ArrayCursor? before, bool isNew,
        CancellationToken cancellation)
    {
        var work = array.Array!;
        if (before?.Begun == work.Count) return false;
        var steps = new Steps(child);
        // An ending that was noted before may have died before it claimed.
        var claims = isNew && before is not null && await FillAsync(array, before.Epoch, 1, steps, cancellation);
        if (!claims) await LookAsync(array, steps, cancellation);
        return steps.Refused > 0;
    }

    /// <summary>Begins as many as there are free places, and what was claimed by a process that died.</summary>
    /// <returns>
    /// False when there is more to begin than one look does, or some may have been lost and it is too early to say.
    /// </returns>
    public Task<bool> LookAsync(Run array, CancellationToken cancellation) =>
        LookAsync(array, new Steps(null), cancellation);

    private async Task<bool> LookAsync(Run array, Steps steps, CancellationToken cancellation)
    {
        for (var tries = 0; tries < Tries && steps.Begun < MostInOneLook; tries++)
        {
            var cursor = await cursors.ReadAsync(array.Id, isExact: true, cancellation) ?? ArrayCursor.None;
            var blocks = await children.BlocksAsync(array.Id, cancellation);
            var free = Free(array.Array!, cursor, blocks);
            var unknown = blocks.Unbegun(Math.Min(cursor.SeenBegun, cursor.Begun)).Take(MostInOneLook).ToList();
            var isTime = cursor.SeenAt is not { } last || last + ClaimLife <= clock.GetUtcNow();
            if (free == 0 && !isTime) return unknown.Count == 0;
            if (free == 0 && unknown.Count == 0 && cursor.SeenBegun >= cursor.Begun) return true;
            var next = cursor with { Epoch = cursor.Epoch + 1 };
            var seen = cursor.Begun + Math.Min(free, MostInOneLook);
            if (isTime) next = next with { SeenBegun = seen, SeenAt = clock.GetUtcNow() };
            if (!await cursors.ReplaceAsync(array.Id, cursor, next, cancellation)) continue;
            steps.Ending = null;
            if (isTime) free += await RecoverAsync(array, unknown, steps, cancellation);
            if (await FillAsync(array, next.Epoch, free, steps, cancellation)) return steps.Begun < MostInOneLook;
        }

        return false;
    }

    private static int Free(ArrayWork work, ArrayCursor cursor, ChildBlocks blocks) =>
        Math.Max(0, (int)Math.Min(work.Count, (long)work.AtOnce + blocks.Ended(work.Count)) - cursor.Begun);

    /// <returns>False when the epoch is over, or fewer are left than there are free places.</returns>
    /// <exception cref="AggregateException">Some could not be begun. They are claimed, and a look finds
    /// them.</exception>
    private async Task<bool> FillAsync(Run array, int epoch, int free, Steps steps, CancellationToken cancellation)
    {
        while (free > 0 && steps.Begun < MostInOneLook && steps.Failures.IsEmpty)
        {
            var wanted = Math.Min(free, Step);
            var claim = new ArrayClaim(epoch, steps.Ending, steps.Claims++, wanted);
            if (await cursors.ClaimAsync(array.Id, claim, array.Array!.Count,
                cancellation) is not { } first) return false;
            // What is refused has ended: another may take its place.
            free += await BeginAsync(array, first, wanted, steps, cancellation) - wanted;
        }

        return steps.Failures.IsEmpty
            ? true
            : throw new AggregateException(
                $"Of array {array.Id}, {steps.Failures.Count} children could not be begun; the sweep repeats it.",
                steps.Failures);
    }

    /// <summary>Begins what was claimed long ago and has no run.</summary>
    /// <returns>How many were refused.</returns>
    private async Task<int> RecoverAsync(Run array, IReadOnlyList<int> claimed, Steps steps,
        CancellationToken cancellation)
    {
        var known = new ConcurrentQueue<int>();
        var failures = await Concurrently.ForEachAsync(claimed, Parallelism, async index =>
        {
            if (await runs.ReadAsync(IdOf(array, index), cancellation) is not null) known.Enqueue(index);
        }, cancellation);
        if (failures.Count > 0) throw new AggregateException(
            $"Of array {array.Id}, {failures.Count} children could not be looked at; the sweep repeats it.", failures);
        await children.NoteBegunAsync(array.Id, known, cancellation);
        var refused = 0;
        foreach (var (first, count) in Ranges(claimed.Except(known))) refused += await BeginAsync(array, first, count,
            steps, cancellation);
        return refused;
    }

    private static IEnumerable<(int First, int Count)> Ranges(IEnumerable<int> indexes)
    {
        var (first, count) = (0, 0);
        foreach (var index in indexes.Order())
        {
            if (count > 0 && (index != first + count || count == Step))
            {
                yield return (first, count);
                count = 0;
            }

            if (count++ == 0) first = index;
        }

        if (count > 0) yield return (first, count);
    }

    /// <summary>Begins children that this process has claimed.</summary>
    /// <returns>How many were refused.</returns>
    private async Task<int> BeginAsync(Run array, int first, int count, Steps steps, CancellationToken cancellation)
    {
        steps.Begun += count;
        // After the claim: an end of the array that is stored later finds the claim, and cancels what becomes of it.
        if (await runs.ReadAsync(array.Id, cancellation) is not { Run.State: RunState.AwaitingChildren })
        {
            await children.NoteFailedAsync(array.Id, [.. Enumerable.Range(first, count)], cancellation);
            return 0;
        }

        var lines = await _lines.ReadAsync(array, first, count, cancellation);
        var (begun, refused) = (new ConcurrentQueue<int>(), 0);
        var failures = await Concurrently.ForEachAsync(Enumerable.Range(0, lines?.Count ?? 0), Parallelism, async i =>
        {
            if (!await BeginAsync(array, first + i, lines![i], cancellation)) Interlocked.Increment(ref refused);
            else begun.Enqueue(first + i);
        }, cancellation);
        foreach (var failure in failures) steps.Failures.Enqueue(failure);
        steps.Refused += refused;
        // One alone is not worth a write: a look asks for its run, should it not have ended by then.
        if (begun.Count > 1) await children.NoteBegunAsync(array.Id, begun, cancellation);
        if (lines is null || lines.Count < count) await LoseAsync(array, first + (lines?.Count ?? 0), first + count,
            lines is null, steps, cancellation);
        return refused;
    }

    /// <summary>Notes that there are no lines for these children, nor for any behind them.</summary>
    private async Task LoseAsync(Run array, int first, int end, bool isGone, Steps steps,
        CancellationToken cancellation)
    {
        var work = array.Array!;
        var why = isGone
            ? $"From line {first + 1} on nothing could begin: object {work.Key} is gone, or the stack's functions " +
                "may not read it (S3 says the same of both). " +
                "See whether it is in the runner's bucket and whether a policy denies it, and submit the array again."
            : $"The array has no line {first + 1}: it was announced with {work.Count:N0} lines, and object " +
                $"{work.Key} has fewer. Submit it again with the number it has.";
        steps.Refused++;
        var child = new ChildRun(first, IdOf(array, first)) { State = RunState.Failed, Error = why };
        await children.NoteEndAsync(array.Id, child, cancellation);
        var rest = await cursors.ClaimRestAsync(array.Id, work.Count, cancellation) ?? work.Count;
        await children.NoteFailedAsync(array.Id,
            [.. Enumerable.Range(first + 1, end - first - 1), .. Enumerable.Range(rest, work.Count - rest)],
            cancellation);
    }

    /// <returns>False when it can never begin.</returns>
    private async Task<bool> BeginAsync(Run array, int index, ArrayLine line, CancellationToken cancellation)
    {
        var child = new ChildRun(index, IdOf(array, index));
        var job = catalog.Find(array.Id.Job);
        if ((job is null ? "The job is no longer deployed." : Misfit(job, line, index)) is { } why)
        {
            await children.NoteEndAsync(array.Id, child with { State = RunState.Failed, Error = why }, cancellation);
            return false;
        }

        var request = new RunRequest(child.Run, $"item {index} of {array.Id}", line.Text)
        {
            Priority = array.Priority,
            Labels = array.Labels,
            Parent = array.Id,
            ChildIndex = index,
            Trace = engine.Traces?.Context(array),
        };
        await engine.SubmitAsync(request, job!, cancellation);
        return true;
    }

    private static RunId IdOf(Run array, int index) => ChildRun.IdOf(array.Id.Job, array.Id, index);

    /// <summary>Why the line can be no input; null when it can.</summary>
    private static string? Misfit(JobDefinition job, ArrayLine line, int index)
    {
        const string Remedy = "Correct the line, and submit it again.";
        if (line.Text is null)
        {
            return $"Line {index + 1} has more than {RunRequest.MaxInputBytes:N0} bytes. Upload the data to the " +
            "bucket, and submit its key.";
        }

        try
        {
            using var document = JsonDocument.Parse(line.Text);
            var faults = InputSchema.Check(job.InputSchema, document.RootElement);
            return faults.Count == 0
                ? null
                : $"Line {index + 1} does not fit job '{job.Name}': {string.Join(' ', faults)} {Remedy}";
        }
        catch (JsonException e)
        {
            return $"Line {index + 1} is not JSON: {e.Message} {Remedy}";
        }
    }

    /// <summary>What one ending or look has done so far.</summary>
    /// <param name="ending">Index of the child that ended; null of a look.</param>
    private sealed class Steps(int? ending)
    {
        /// <summary>Null once it looks.</summary>
        public int? Ending { get; set; } = ending;

        public int Claims { get; set; }

        public int Begun { get; set; }

        public int Refused { get; set; }

        public ConcurrentQueue<Exception> Failures { get; } = new();
    }
}
