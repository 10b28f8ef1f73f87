namespace Jobs.Cli.Output;

/// <summary>
/// One of the streams that the command line writes to. All that it writes goes through here as cells, so that what came
/// from outside, keys, inputs, errors, logs, cannot steer the terminal.
/// </summary>
/// <param name="columns">Of the terminal; null when it is a file or a pipe.</param>
/// <param name="hasStyles">Whether it shows colours.</param>
internal sealed class Screen(TextWriter writer, int? columns, bool hasStyles)
{
    /// <summary>Text is not laid out in less.</summary>
    private const int LeastWidth = 20;

    /// <summary>People watch.</summary>
    public bool IsTerminal => columns is not null;

    /// <summary>Characters that fit on a line.</summary>
    public int Width => columns ?? int.MaxValue;

    /// <summary>Text as it is, whatever its width.</summary>
    public void WriteLine(string text) => WriteLine(new Cell(text));

    /// <summary>One line of parts with styles, as long as it is.</summary>
    public void WriteLine(params ReadOnlySpan<Cell> parts)
    {
        foreach (var part in parts) Write(part);
        writer.WriteLine();
    }

    /// <summary>A sentence or more: wrapped on a terminal, one line anywhere else.</summary>
    public void WriteText(string text, string style) => WriteHanging([], new Cell(text, style));

    /// <summary>A text behind a head: on a terminal it goes on below itself, not below the head.</summary>
    public void WriteHanging(ReadOnlySpan<Cell> head, Cell body)
    {
        var indent = 0;
        foreach (var part in head)
        {
            Write(part);
            indent += part.Text.Length;
        }

        var isFirst = true;
        foreach (var line in Lines(body.Text, indent))
        {
            if (!isFirst) writer.Write(new string(' ', indent));
            Write(new Cell(line, body.Style));
            writer.WriteLine();
            isFirst = false;
        }
    }

    private void Write(Cell part)
    {
        writer.Write(hasStyles && part.Style is { } style ? Styles.Apply(style, part.Text) : part.Text);
    }

    private IEnumerable<string> Lines(string text, int indent)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = paragraph;
            while (columns is { } width && Break(rest, Math.Max(LeastWidth, width - indent)) is { } end)
            {
                yield return rest[..end].TrimEnd();
                rest = rest[end..].TrimStart();
            }

            yield return rest;
        }
    }

    /// <summary>Behind the last word that fits, or behind the first that does not fit anywhere.</summary>
    /// <returns>Null when all of it fits.</returns>
    private static int? Break(string text, int width)
    {
        if (text.Length <= width) return null;
        var last = text.LastIndexOf(' ', width, width + 1);
        if (last <= 0) last = text.IndexOf(' ', width);
        return last > 0 && text.AsSpan(last).Trim().Length > 0 ? last : null;
    }
}
