using System.Text;

namespace Jobs.Worker.Csv;

/// <summary>
/// Learns a column's type and statistics from its values, one by one, in bounded memory and without a string per value.
/// </summary>
internal sealed class ColumnProfile(string name, ValueReader reader, ValueCounts counts)
{
    private readonly NumberStatistics _numbers = new();
    private ColumnType _type = ColumnType.Empty;
    private long _values;
    private long _empty;
    private int _shortest = int.MaxValue;
    private int _longest;
    private DateTimeOffset _earliest = DateTimeOffset.MaxValue;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    /// <summary>One profile per column; together they remember a bounded number of values.</summary>
    public static ColumnProfile[] For(IReadOnlyList<string> header, char separator)
    {
        var reader = new ValueReader(decimalComma: separator == ';');
        var distinct = Math.Min(ValueCounts.MostDistinct, ValueCounts.MostInAll / header.Count);
        return [.. header.Select(name => new ColumnProfile(name, reader, new ValueCounts(distinct)))];
    }

    /// <summary>Whether a field has no value: nothing, or spaces only.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> field) => field.Trim(Blanks).IsEmpty;

    public void Add(ReadOnlySpan<byte> field)
    {
        var value = field.Trim(Blanks);
        if (value.IsEmpty)
        {
            _empty++;
            return;
        }

        _values++;
        var length = Encoding.UTF8.GetCharCount(value);
        _shortest = Math.Min(_shortest, length);
        _longest = Math.Max(_longest, length);
        counts.Add(value);
        if (_type != ColumnType.Text) _type = Learn(value);
    }

    public ColumnSummary ToSummary() => new(name, _type, _values, _empty, counts.Distinct)
    {
        Numbers = _type is ColumnType.Integer or ColumnType.Decimal ? _numbers.ToSummary() : null,
        Instants = _type is ColumnType.Date or ColumnType.DateTime
            ? new InstantSummary(Write(_earliest), Write(_latest))
            : null,
        Lengths = _type == ColumnType.Text ? new LengthSummary(_shortest, _longest) : null,
        Top = counts.Top(),
    };

    /// <summary>
    /// The column's type with one more value. Types widen only: integer to decimal, date to date-time, anything to
    /// text.
    /// </summary>
    private ColumnType Learn(ReadOnlySpan<byte> value)
    {
        var couldBeNumber = _type is ColumnType.Empty or ColumnType.Integer or ColumnType.Decimal;
        if (couldBeNumber && ValueReader.TryInteger(value, out var integer)) return Number(integer, ColumnType.Integer);
        if (couldBeNumber && reader.TryDecimal(value, out var number)) return Number(number, ColumnType.Decimal);
        if (_type is ColumnType.Empty or ColumnType.Boolean && ValueReader.IsBoolean(value)) return ColumnType.Boolean;
        var couldBeInstant = _type is ColumnType.Empty or ColumnType.Date or ColumnType.DateTime;
        if (couldBeInstant && InstantReader.TryDate(value, out var date)) return Instant(date, ColumnType.Date);
        if (couldBeInstant && InstantReader.TryDateTime(value, out var time)) return Instant(time, ColumnType.DateTime);
        return ColumnType.Text;
    }

    private ColumnType Number(double number, ColumnType type)
    {
        _numbers.Add(number);
        return _type == ColumnType.Decimal ? _type : type;
    }

    private ColumnType Instant(DateTimeOffset instant, ColumnType type)
    {
        if (instant < _earliest) _earliest = instant;
        if (instant > _latest) _latest = instant;
        return _type == ColumnType.DateTime ? _type : type;
    }

    private string Write(DateTimeOffset instant) =>
        _type == ColumnType.Date ? $"{instant:yyyy-MM-dd}" : $"{instant.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}";
}
