using System.Buffers;
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

    private readonly CsvText _text;
    private readonly CsvReader _reader;
    private SearchValues<byte> _blanks = SearchValues.Create(" "u8);

    private CsvTable(CsvText text)
    {
        _text = text;
        _reader = CsvReader.Create(text.Content, new CsvReaderOptions
        {
            // The header is read as a record like any other, so that the same checks hold for it.
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecord,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = record => throw CsvFault.Malformed(record, Separator, text),
        });
    }

    public IReadOnlyList<string> Header { get; private set; } = [];

    public char Separator => _reader.Separator;

    /// <summary>Rows read so far, without the header and blank ones.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows without any value, which are passed over.</summary>
    public long BlankRows { get; private set; }

    public string Encoding => _text.Encoding;

    public string? Compression => _text.Compression;

    /// <exception cref="JobFailedException">The file is empty, compressed in an unknown way, or its header is not
    /// one.</exception>
    public static async Task<CsvTable> OpenAsync(Stream file, CancellationToken stop)
    {
        var table = new CsvTable(await CsvText.OpenAsync(file, stop));
        try
        {
            if (!await table.NextAsync(stop))
            {
                throw new JobFailedException("The file is empty. Upload a CSV with a header and rows.");
            }

            var names = Enumerable.Range(0, table._reader.FieldCount).Select(table._reader.GetString);
            table.Header = CsvFault.CheckHeader([.. names], table._reader.LineNumber);
            table._blanks = SearchValues.Create([(byte)table.Separator, .. " \t\"\r\n"u8]);
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
        ',' => "comma",
        _ => separator.ToString(),
    };

    /// <summary>Goes to the next row that has a value. False at the end.</summary>
    /// <exception cref="JobFailedException">The row is not one of this table.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken stop)
    {
        while (await NextAsync(stop))
        {
            var isBlank = IsBlank();
            if (_reader.FieldCount != Header.Count && !(isBlank && _reader.FieldCount == 1))
            {
                throw CsvFault.FieldCount(_reader, Header);
            }

            if (isBlank)
            {
                BlankRows++;
                continue;
            }

            Rows++;
            return true;
        }

        return false;
    }

    /// <summary>A field of the current row, in UTF-8; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Field(int column) => _reader.GetSpan(column);

    public void Dispose() => _reader.Dispose();

    /// <summary>Whether the row has separators and spaces only.</summary>
    private bool IsBlank()
    {
        if (_reader.RawRecord.ContainsAnyExcept(_blanks)) return false;
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            if (!ColumnProfile.IsEmpty(_reader.GetSpan(i))) return false;
        }

        return true;
    }

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
        if (!IsText(raw)) throw CsvFault.NotText(raw, _reader.LineNumber, _text);
        return true;
    }

    private bool IsText(ReadOnlySpan<byte> raw) =>
        !raw.Contains((byte)0) && Utf8.IsValid(raw) && !(_text.IsWide && raw.IndexOf(CsvText.NoCharacterInUtf8) >= 0);
}
