namespace Jobs.Worker.Csv;

/// <summary>What is in a CSV.</summary>
/// <param name="Rows">Rows after the header, without blank ones.</param>
/// <param name="Bytes">Bytes of the file, compressed as it is.</param>
/// <param name="ColumnCount">Columns of the table, which may be more than <paramref name="Columns"/> describes.</param>
/// <param name="Separator">comma, semicolon, tab, pipe, or the character that the file names.</param>
/// <param name="Encoding">As the byte order mark says; UTF-8 without one.</param>
/// <param name="Columns">The first 50 columns, in the file's order.</param>
public sealed record CsvSummary(
    long Rows, long Bytes, int ColumnCount, string Separator, string Encoding, IReadOnlyList<ColumnSummary> Columns)
{
    /// <summary>Columns that are described, so that the summary of a wide table stays readable.</summary>
    public const int MaxColumns = 50;

    /// <summary>Rows of separators only, as spreadsheets write them after their last row.</summary>
    public long BlankRows { get; init; }

    /// <summary>gzip; null when the file is not compressed.</summary>
    public string? Compression { get; init; }
}
