using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>Runs as they were read, and beside them those that could not be: one bad item is one bad row.</summary>
internal sealed record RunBatch(IReadOnlyList<RunReading> Runs, IReadOnlyList<UnreadableRun> Unreadable)
{
    /// <summary>In this order, without those that do not exist.</summary>
    public static async Task<RunBatch> ReadAsync(
        IRunHistory history, IReadOnlyList<RunId> ids, CancellationToken cancellation)
    {
        try
        {
            return new RunBatch(await history.ReadAsync(ids, cancellation), []);
        }
        catch (FormatException e) when (ids.Count <= 1)
        {
            return new RunBatch([], [.. ids.Select(id => UnreadableRun.Of(id, e))]);
        }
        catch (FormatException)
        {
            // In halves, until each that cannot be read is alone.
            var half = ids.Count / 2;
            var first = await ReadAsync(history, [.. ids.Take(half)], cancellation);
            var second = await ReadAsync(history, [.. ids.Skip(half)], cancellation);
            return new RunBatch([.. first.Runs, .. second.Runs], [.. first.Unreadable, .. second.Unreadable]);
        }
    }
}
