using System.Buffers;
using System.Text;
using CsvHelper;
using Jobs.Core;

namespace Jobs.Worker.Csv;

/// <summary>
/// Says in a sentence what is wrong with a CSV, at which line and column, and what to do. Both count from 1.
/// </summary>
internal static class CsvFault
{
    private const string Quote = "\"";

    private const int LongestShown = 80;

    /// <exception cref="JobFailedException">A name is missing or there twice.</exception>
    public static IReadOnlyList<string> CheckHeader(string[] names, long line)
    {
        var missing = Array.FindIndex(names, string.IsNullOrWhiteSpace);
        if (missing >= 0)
        {
            throw new JobFailedException(
                $"Line {line}: column {missing + 1} of the header has no name. Give every column one.");
        }

        var twice = names.Select((name, i) => (Name: name.Trim(), Column: i + 1))
            .GroupBy(one => one.Name)
            .FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw new JobFailedException(
                $"Line {line}: the header has the name '{Show(twice.Key)}' more than once, for the columns " +
                $"{string.Join(" and ", twice.Select(one => one.Column))}. Rename one.");
        }

        return names;
    }

    public static JobFailedException FieldCount(CsvReader reader, IReadOnlyList<string> header)
    {
        var (count, expected) = (reader.FieldCount, header.Count);
        var raw = Encoding.UTF8.GetString(reader.RawRecord);
        var at = Place(
            reader.LineNumber, raw, count > expected ? StartOfField(raw, expected, reader.Separator) : raw.Length);
        var what = count > expected
            ? $"the row has {count} fields, but the header has {expected}; the first one too many begins at {at}"
            : $"the row has {count} fields, but the header has {expected}; it ends at {at} without " +
                $"'{Show(header[count])}'";
        return new JobFailedException(
            $"Line {reader.LineNumber}: {what}. Add or remove fields, or put values that contain the separator " +
            $"'{Show(reader.Separator)}' into quotes.");
    }

    public static JobFailedException Malformed(CsvMalformedRecord record, char separator, CsvText text)
    {
        var raw = record.RawRecord;
        var odd = raw.AsSpan().IndexOfAny('\0', '\uFFFD', text.IsWide ? CsvText.NoCharacter : '\0');
        if (odd >= 0) return NotText(Place(record.LineNumber, raw, odd), text);
        var place = Upper(Place(record.LineNumber, raw, Misquote(raw, separator)));
        return new JobFailedException(record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote =>
                $"{place}: a quote opens here and is never closed. Close it, or write {Quote}{Quote} for a quote " +
                "inside a quoted value.",
            CsvMalformedReason.TextAfterClosingQuote =>
                $"{place}: there is text after a closing quote. Write {Quote}{Quote} for a quote inside a quoted value.",
            _ =>
                $"{place}: there is a quote inside a value that does not begin with one. Put the value into quotes " +
                $"and write {Quote}{Quote} for the one inside.",
        });
    }

    public static JobFailedException TooLong(CsvFormatException e) => new(
        $"Line {e.LineNumber}: the row that begins here is longer than {CsvTable.MaxRecord / 1_024:N0} KB; probably " +
        "a quote in it is never closed. Close the quote, or shorten the row.", e);

    /// <param name="raw">A record with a NUL, or with bytes that are not UTF-8.</param>
    public static JobFailedException NotText(ReadOnlySpan<byte> raw, long line, CsvText text)
    {
        var none = text.IsWide ? raw.IndexOf(CsvText.NoCharacterInUtf8) : -1;
        var bad = 0;
        while (bad < raw.Length
            && raw[bad] != 0
            && bad != none
            && Rune.DecodeFromUtf8(raw[bad..], out _, out var length) == OperationStatus.Done)
        {
            bad += length;
        }

        var before = Encoding.UTF8.GetString(raw[..bad]);
        var place = Place(line, before, before.Length);
        return bad < raw.Length && raw[bad] != 0 && bad != none
            ? new JobFailedException(
                $"{Upper(place)}: byte 0x{raw[bad]:X2} is not UTF-8. Save the file as 'CSV UTF-8'.")
            : NotText(place, text);
    }

    private static JobFailedException NotText(string place, CsvText text) => new(text.IsWide
        ? $"{Upper(place)}: what is here is no character of {text.Encoding}, so the file is damaged or cut off. " +
            "Export the table as 'CSV UTF-8'."
        : $"{Upper(place)}: the file has binary content, so it is not a CSV. Export the table as 'CSV UTF-8'; " +
            "renaming a spreadsheet is not enough.");

    private static int StartOfField(string raw, int field, char separator)
    {
        var (quoted, seen) = (false, 0);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '"') quoted = !quoted;
            if (raw[i] == separator && !quoted && ++seen == field) return i + 1;
        }

        return raw.Length;
    }

    /// <summary>
    /// Position of the first character that breaks the rules of quoting; of the quote that opened, when it is never
    /// closed.
    /// </summary>
    private static int Misquote(string raw, char separator)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            var start = i;
            if (raw[i] == '"')
            {
                i = EndOfQuoted(raw, i);
                if (i >= raw.Length) return start;
                if (++i < raw.Length && raw[i] != separator) return i;
            }
            else
            {
                while (i < raw.Length && raw[i] != separator && raw[i] != '"') i++;
                if (i < raw.Length && raw[i] == '"') return i;
            }
        }

        return raw.Length;
    }

    /// <summary>Position of the quote that closes; the record's length when none does.</summary>
    private static int EndOfQuoted(string raw, int open)
    {
        for (var i = open + 1; i < raw.Length; i++)
        {
            if (raw[i] != '"') continue;
            if (i + 1 == raw.Length || raw[i + 1] != '"') return i;
            i++;
        }

        return raw.Length;
    }

    /// <summary>Line and column of a position in a record, which may have line breaks in its quoted values.</summary>
    private static string Place(long line, string raw, int position)
    {
        var before = raw.AsSpan(0, position);
        var column = position - (before.LastIndexOf('\n') + 1) + 1;
        return $"line {line + before.Count('\n')}, column {column}";
    }

    private static string Upper(string place) => string.Concat("L", place.AsSpan(1));

    private static string Show(char separator) => separator == '\t' ? "tab" : separator.ToString();

    private static string Show(string text) => Excerpt.Of(text, LongestShown);
}
