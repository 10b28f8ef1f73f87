using System.Text;

namespace Jobs.Emulator.Processes;

/// <summary>Cuts a stream of bytes into lines, holding at most one line of bounded length.</summary>
internal static class LineSplitter
{
    /// <summary>A longer line is delivered in pieces of this many characters, as a CloudWatch log event is at most 256 KiB.</summary>
    public const int MaxLineLength = 64 * 1024;

    public static async Task ReadAsync(Stream stream, Action<string> onLine, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
            Split(buffer.AsSpan(0, read), line, onLine);

        if (line.Length > 0) onLine(line.ToString());
    }

    private static void Split(ReadOnlySpan<char> text, StringBuilder line, Action<string> onLine)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            var piece = end < 0 ? text : text[..end];
            piece = piece[..Math.Min(piece.Length, MaxLineLength - line.Length)];
            line.Append(piece);
            text = text[piece.Length..];
            var ended = !text.IsEmpty && text[0] == '\n';
            if (ended) text = text[1..];
            if (ended || line.Length == MaxLineLength) Deliver(line, onLine);
        }
    }

    private static void Deliver(StringBuilder line, Action<string> onLine)
    {
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        onLine(line.ToString());
        line.Clear();
    }
}
