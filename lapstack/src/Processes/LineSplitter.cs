using System.Text;

namespace Lapstack.Processes;

/// <summary>Cuts a stream of bytes into lines, holding at most one line of bounded length.</summary>
internal static class LineSplitter
{
    /// <summary>
    /// A longer line is delivered in pieces of this many characters, as a CloudWatch log event is at most 256 KiB.
    /// </summary>
    public const int MaxLineLength = 64 * 1024;

    public static async Task ReadAsync(Stream stream, Func<string, Task> onLine, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            for (var text = buffer.AsMemory(0, read); !text.IsEmpty;)
            {
                var taken = Take(text.Span, line, out var complete);
                text = text[taken..];
                if (complete) await onLine(Complete(line));
            }
        }

        if (line.Length > 0) await onLine(Complete(line));
    }

    /// <summary>
    /// Moves text into the line up to the line's end or its longest length, and returns how many characters were used
    /// up.
    /// </summary>
    private static int Take(ReadOnlySpan<char> text, StringBuilder line, out bool complete)
    {
        var end = text.IndexOf('\n');
        var length = Math.Min(end < 0 ? text.Length : end, MaxLineLength - line.Length);
        line.Append(text[..length]);
        var ended = length < text.Length && text[length] == '\n';
        complete = ended || line.Length == MaxLineLength;
        return ended ? length + 1 : length;
    }

    private static string Complete(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        var text = line.ToString();
        line.Clear();
        return text;
    }
}
