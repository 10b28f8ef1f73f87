namespace Jobs.Cli.Output;

/// <summary>
/// Columns without lines, as listings of command lines are: each as wide as it must be, and the last one takes what is
/// left. On a screen it is cut there, so that a row is a line; in a pipe nothing is.
/// </summary>
internal sealed class TextTable(params string[] headers)
{
    private const int Gap = 2;
    private const int LeastRest = 10;

    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] cells) =>
        _rows.Add([.. cells.Select(cell => new Cell(OneLine(cell.Text), cell.Style))]);

    public void Print(Screen screen)
    {
        var widths = headers
            .Select((header, column) => _rows.Select(row => Width(row[column].Text)).Append(Width(header)).Max())
            .ToArray();
        var rest = screen.IsTerminal
            ? Math.Max(LeastRest, screen.Width - widths.SkipLast(1).Sum(width => width + Gap))
            : int.MaxValue;
        PrintRow(screen, [.. headers.Select(header => new Cell(header.ToUpperInvariant(), "grey"))], widths, rest);
        foreach (var row in _rows) PrintRow(screen, row, widths, rest);
    }

    private static void PrintRow(Screen screen, Cell[] cells, int[] widths, int rest)
    {
        var line = new List<Cell>();
        for (var column = 0; column < cells.Length; column++)
        {
            var (text, style) = (cells[column].Text, cells[column].Style);
            var isLast = column == cells.Length - 1;
            if (isLast) text = Cut(text, rest);
            line.Add(new Cell(text, style));
            if (!isLast) line.Add(new string(' ', widths[column] - Width(text) + Gap));
        }

        screen.WriteLine([.. line]);
    }

    private static string OneLine(string text) => text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0
        ? text
        : text.ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>As much as fits, with an ellipsis where something is missing.</summary>
    public static string Cut(string text, int width) =>
        text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1).TrimEnd(), "…");

    private static int Width(string text) => text.Length;
}
