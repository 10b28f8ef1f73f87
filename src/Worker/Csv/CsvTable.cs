using System.Text.Unicode;
using CsvHelper;

namespace Jobs.Worker.Csv;

/// <summary>
/// A CSV as a table: a header of different names, and rows with as many fields. Anything else ends in a
/// <see cref="JobFailedException"/> that says where and what to do.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>Bytes of one record. What is longer is an unclosed quote, or not a table.</summary>
    internal const int MaxRecord = 1_024 * 1_024;

    private readonly CsvReader _reader;

    private CsvTable(Stream source) => _reader = CsvReader.Create(
        source,
        new CsvReaderOptions
        {
            // The header is read as a record like any other, so that the same checks hold for it.
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecord,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = record => throw CsvFault.Malformed(record, Separator),
        });

    public IReadOnlyList<string> Header { get; private set; } = [];

    public char Separator => _reader.Separator;

    /// <summary>Rows read so far, the header not counted.</summary>
    public long Rows { get; private set; }

    /// <exception cref="JobFailedException">The file is empty or its header is not one.</exception>
    public static async Task<CsvTable> OpenAsync(Stream source, CancellationToken stop)
    {
        var table = new CsvTable(source);
        try
        {
            if (!await table.NextAsync(stop))
            {
                throw new JobFailedException("The file is empty. Upload a CSV with a header and rows.");
            }

            table.Header = CsvFault.CheckHeader([.. Enumerable.Range(0, table._reader.FieldCount).Select(table._reader.GetString)], table._reader.LineNumber);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    public static string NameOf(char separator) => separator switch
    {
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "pipe",
        _ => "comma",
    };

    /// <summary>Goes to the next row. False at the end.</summary>
    /// <exception cref="JobFailedException">The row is not one of this table.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken stop)
    {
        if (!await NextAsync(stop)) return false;
        if (_reader.FieldCount != Header.Count) throw CsvFault.FieldCount(_reader, Header);
        Rows++;
        return true;
    }

    /// <summary>A field of the current row, in UTF-8; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Field(int column) => _reader.GetSpan(column);

    public void Dispose() => _reader.Dispose();

    private async ValueTask<bool> NextAsync(CancellationToken stop)
    {
        try
        {
            if (!await _reader.ReadAsync(stop)) return false;
        }
        catch (CsvFormatException e)
        {
            throw CsvFault.TooLong(e);
        }

        var raw = _reader.RawRecord;
        if (raw.Contains((byte)0) || !Utf8.IsValid(raw)) throw CsvFault.NotText(raw, _reader.LineNumber);
        return true;
    }
}
