using System.Collections.Concurrent;
using System.Globalization;
using Jobs.Core.Engine;
using Jobs.Core.Runs;

namespace Jobs.Core.Children;

/// <summary>
/// Finds the children that a job waits for and that may never come: their command has not arrived, or has arrived and
/// made no run. The parent is then stuck, and moves again when they come. They cannot be submitted from here: their
/// inputs are in their commands only.
/// </summary>
internal sealed class MissingChildren(IChildren children, IRunStore runs, RunEngine engine, TimeProvider clock)
{
    /// <summary>
    /// How long a command may take, from when the parent began to wait; and its run, from when the command arrived.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private const int Parallelism = 8;

    private const int PageSize = 1_000;

    /// <summary>Runs asked for at a time; once one is found, it is not asked for again.</summary>
    private const int MostAsked = 1_000;

    /// <summary>Ranges of indexes that are named.</summary>
    private const int MostNamed = 10;

    /// <param name="parent">It awaits its children.</param>
    /// <param name="blocks">How far they are.</param>
    public async Task TellAsync(Run parent, ChildBlocks blocks, CancellationToken cancellation)
    {
        if (parent.WaitsSince is not { } since || since + Patience > clock.GetUtcNow()) return;
        var missing = await FindAsync(parent, [.. blocks.Unbegun(parent.Children)], cancellation);
        if (missing.Count == 0 && parent.Stall is null) return;
        var which = missing.Count == 0 ? null : Words(missing, parent.Children);
        await engine.ApplyAsync(parent.Id, _ => new Fact.ChildrenMissing(which), cancellation);
    }

    private async Task<IReadOnlyList<int>> FindAsync(Run parent, HashSet<int> unknown, CancellationToken cancellation)
    {
        var toAsk = new List<ChildRun>();
        var left = unknown.Count;
        for (var from = 0; left > 0;)
        {
            var page = await children.ReadAsync(parent.Id, from, PageSize, cancellation);
            foreach (var child in page.Where(child => unknown.Contains(child.Index) && child.RegisteredAt is not null))
            {
                left--;
                if (child.RegisteredAt + Patience <= clock.GetUtcNow() && toAsk.Count < MostAsked) toAsk.Add(child);
                else unknown.Remove(child.Index);
            }

            if (page.Count < PageSize) break;
            from = page[^1].Index + 1;
        }

        var found = await AskAsync(toAsk, cancellation);
        await children.NoteBegunAsync(parent.Id, found, cancellation);
        return [.. unknown.Except(found).Order()];
    }

    /// <returns>Indexes of those that have runs.</returns>
    private async Task<IReadOnlyCollection<int>> AskAsync(IReadOnlyList<ChildRun> registered,
        CancellationToken cancellation)
    {
        var found = new ConcurrentQueue<int>();
        var failures = await Concurrently.ForEachAsync(registered, Parallelism, async child =>
        {
            if (await runs.ReadAsync(child.Run, cancellation) is not null) found.Enqueue(child.Index);
        }, cancellation);
        return failures.Count == 0 ? found
            : throw new AggregateException(
            $"{failures.Count} children could not be looked for; the sweep repeats it.", failures);
    }

    /// <summary>For people: <c>2 of 12 children have not come: 3, 7</c>.</summary>
    private static string Words(IReadOnlyList<int> missing, int count)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var index in missing)
        {
            if (ranges.Count > 0 && ranges[^1].Last == index - 1) ranges[^1] = (ranges[^1].First, index);
            else ranges.Add((index, index));
        }

        var named = ranges.Take(MostNamed).Select(range =>
            range.First == range.Last ? Invariant($"{range.First}") : Invariant($"{range.First}-{range.Last}"));
        return Invariant(
            $"{missing.Count} of {count} children have not come, index {string.Join(", ", named)}{(ranges.Count > MostNamed ? " and more" : "")}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
