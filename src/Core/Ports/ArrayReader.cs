using System.Text;
using Jobs.Core.Commands;

namespace Jobs.Core.Ports;

/// <summary>Reads lines and knows where in the object it is.</summary>
public static class ArrayReader
{
    /// <summary>Bytes kept of a line, one more than an input may have: nobody knows how long a line is before its end.</summary>
    private const int Kept = CommandReader.MaxInputBytes + 1;

    /// <summary>Lines of a stream that begins at an offset of its object; empty ones are left out.</summary>
    public static async Task<IReadOnlyList<ArrayLine>> ReadAsync(Stream content, long offset, int limit, CancellationToken cancellation)
    {
        var lines = new List<ArrayLine>();
        var line = new MemoryStream();
        var buffer = new byte[16 * 1_024];
        int read;
        while (lines.Count < limit && (read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            foreach (var b in buffer.AsMemory(0, read).ToArray())
            {
                offset++;
                if (b == (byte)'\n') Add(lines, line, offset);
                else if (line.Length < Kept) line.WriteByte(b);
                if (lines.Count == limit) break;
            }
        }

        // The last line may have no end.
        if (lines.Count < limit) Add(lines, line, offset);
        return lines;
    }

    private static void Add(List<ArrayLine> lines, MemoryStream line, long next)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).Trim();
        if (text.Length > 0) lines.Add(new ArrayLine(line.Length == Kept ? null : text, next));
        line.SetLength(0);
    }
}
