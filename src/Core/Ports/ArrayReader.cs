using System.Text;

namespace Jobs.Core.Ports;

/// <summary>Reads lines and knows where in the object it is.</summary>
public static class ArrayReader
{
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
                if (b != (byte)'\n') line.WriteByte(b);
                else if (Take(line) is { } text) lines.Add(new(text, offset));
                if (lines.Count == limit) break;
            }
        }

        // The last line may have no end.
        if (lines.Count < limit && Take(line) is { } last) lines.Add(new(last, offset));
        return lines;
    }

    private static string? Take(MemoryStream line)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).Trim();
        line.SetLength(0);
        return text.Length == 0 ? null : text;
    }
}
