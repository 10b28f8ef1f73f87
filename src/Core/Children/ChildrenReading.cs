using Jobs.Core.Ids;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Children;

/// <summary>Reads children's items together with how they ended.</summary>
public static class ChildrenReading
{
    private const int PageSize = 1_000;

    /// <summary>
    /// All children that have items, by index: of a job every child whose command arrived, of an array those that did
    /// not succeed.
    /// </summary>
    public static async Task<IReadOnlyList<ChildRun>> AllAsync(this IChildren children, RunId parent,
        CancellationToken cancellation)
    {
        // First how they ended, then why: the reason is written before the ending.
        var blocks = await children.BlocksAsync(parent, cancellation);
        var all = new List<ChildRun>();
        for (var from = 0; ;)
        {
            var page = await children.ReadAsync(parent, from, PageSize, cancellation);
            all.AddRange(page.Select(child => WithEnd(child, blocks)));
            if (page.Count < PageSize) return all;
            from = page[^1].Index + 1;
        }
    }

    /// <summary>The first of those that did not succeed, by index.</summary>
    /// <param name="count">Children of the run.</param>
    /// <param name="limit">At most so many.</param>
    public static async Task<IReadOnlyList<ChildRun>> FailuresAsync(
        this IChildren children, RunId parent, ChildBlocks blocks, int count, int limit, CancellationToken cancellation)
    {
        var failures = new List<ChildRun>();
        foreach (var index in blocks.Failures(count).Take(limit))
        {
            // One of many that failed together has no item of its own.
            var found = await children.ReadAsync(parent, index, 1, cancellation);
            failures.AddRange(found.Where(child => child.Index == index).Select(child => WithEnd(child, blocks)));
        }

        return failures;
    }

    private static ChildRun WithEnd(ChildRun child, ChildBlocks blocks) => blocks.StateOf(child.Index) switch
    {
        null => child with { State = null, Error = null },
        RunState.Succeeded => child with { State = RunState.Succeeded, Error = null },
        var failed => child with { State = child.State ?? failed },
    };
}
