using System.Runtime.CompilerServices;
using System.Text;
using Jobs.Core.Runs;

namespace Jobs.Core.Children;

/// <summary>
/// Reads lines and knows where in the object it is. It holds one line at a time, and of that no more than an input may
/// have.
/// </summary>
public static class ArrayReader
{
    /// <summary>
    /// Bytes kept of a line, one more than an input may have: how long a line is shows only at its end.
    /// </summary>
    private const int Kept = RunRequest.MaxInputBytes + 1;

    /// <summary>Lines of a stream that begins at an offset of its object; empty ones do not count.</summary>
    /// <param name="skip">Lines to leave out first.</param>
    /// <param name="limit">Lines at most.</param>
    public static async Task<IReadOnlyList<ArrayLine>> ReadAsync(Stream content, long offset, int skip, int limit,
        CancellationToken cancellation)
    {
        var lines = new List<ArrayLine>();
        await foreach (var line in LinesAsync(content, offset, cancellation))
        {
            if (line.IsEmpty || skip-- > 0) continue;
            lines.Add(line);
            if (lines.Count == limit) break;
        }

        return lines;
    }

    /// <summary>Every line of a stream that begins at an offset of its object, the empty ones as well.</summary>
    public static async IAsyncEnumerable<ArrayLine> LinesAsync(Stream content, long offset,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var line = new MemoryStream();
        var buffer = new byte[16 * 1_024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            for (var from = 0; from < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, read - from);
                var length = (end < 0 ? read : end) - from;
                line.Write(buffer, from, (int)Math.Min(length, Kept - line.Length));
                from += length + 1;
                offset += end < 0 ? length : length + 1;
                if (end >= 0) yield return Take(line, offset);
            }
        }

        // The last line may have no end.
        if (line.Length > 0) yield return Take(line, offset);
    }

    private static ArrayLine Take(MemoryStream line, long next)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).Trim();
        var isTooLong = line.Length == Kept && text.Length > 0;
        line.SetLength(0);
        return new ArrayLine(isTooLong ? null : text, next);
    }
}
