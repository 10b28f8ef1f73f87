using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Children;

/// <summary>
/// Finds the lines of an array's children. The first process that reads up to a 25th line notes where it begins, so
/// that later ones do not read from the start.
/// </summary>
internal sealed class ArrayLines(IArrayItems items, IArrayCursors cursors)
{
    private const int Stride = 25;

    /// <param name="first">Index of the child whose line is the first.</param>
    /// <param name="count">Lines wanted.</param>
    /// <returns>Fewer where the object ends; null when it is gone, or may not be read.</returns>
    public async Task<IReadOnlyList<ArrayLine>?> ReadAsync(Run array, int first, int count,
        CancellationToken cancellation)
    {
        var (index, offset) = await FindAsync(array.Id, first, cancellation);
        var lines = await items.ReadAsync(array.Array!.Key, offset, first - index, count, cancellation);
        for (var i = 0; i < (lines?.Count ?? 0); i++)
        {
            if ((first + i + 1) % Stride == 0) await cursors.NoteOffsetAsync(array.Id, first + i + 1, lines![i].Next,
                cancellation);
        }

        return lines;
    }

    /// <returns>The last line up to the one wanted of which it is known where it begins.</returns>
    private async Task<(int Index, long Offset)> FindAsync(RunId array, int first, CancellationToken cancellation)
    {
        for (var index = first - (first % Stride); index > 0; index -= Stride)
        {
            if (await cursors.OffsetAsync(array, index, cancellation) is { } offset) return (index, offset);
        }

        return (0, 0);
    }
}
