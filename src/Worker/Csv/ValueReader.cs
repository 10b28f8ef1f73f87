using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Jobs.Worker.Csv;

/// <summary>Reads typed values from UTF-8, strictly: what a person would call text (007, +49…) is text.</summary>
/// <param name="decimalComma">1,5 is a number too: in a file separated by semicolons.</param>
internal sealed class ValueReader(bool decimalComma)
{
    private const int MostDigits = 18;

    private const int LongestInstant = 35;

    private static readonly NumberFormatInfo CommaFormat = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "" };

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>At most 18 digits, without leading zeros and plus sign.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> value, out long number)
    {
        number = 0;
        var digits = value[0] == '-' ? value[1..] : value;
        return digits.Length is > 0 and <= MostDigits
            && digits[0] != '+'
            && !(digits[0] == '0' && digits.Length > 1)
            && Utf8Parser.TryParse(value, out number, out var read)
            && read == value.Length;
    }

    public bool TryDecimal(ReadOnlySpan<byte> value, out double number)
    {
        number = 0;
        var digits = value[0] == '-' ? value[1..] : value;
        var startsLikeOne = digits.Length > 0 && (char.IsAsciiDigit((char)digits[0]) || digits[0] == '.');
        var leadingZero = digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit((char)digits[1]);
        if (!startsLikeOne || leadingZero || value.IndexOfAny(".,eE"u8) < 0) return false;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return (double.TryParse(value, Style, CultureInfo.InvariantCulture, out number)
            || (decimalComma && double.TryParse(value, Style, CommaFormat, out number))) && double.IsFinite(number);
    }

    public static bool IsBoolean(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "true"u8) || Ascii.EqualsIgnoreCase(value, "false"u8);

    public static bool TryDate(ReadOnlySpan<byte> value, out DateTimeOffset date)
    {
        date = default;
        if (value.Length != 10 || value[4] != '-') return false;
        Span<char> text = stackalloc char[10];
        Ascii.ToUtf16(value, text, out _);
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    public static bool TryDateTime(ReadOnlySpan<byte> value, out DateTimeOffset time)
    {
        time = default;
        if (value.Length is < 16 or > LongestInstant || value[4] != '-') return false;
        Span<char> text = stackalloc char[LongestInstant];
        Ascii.ToUtf16(value, text, out var length);
        return DateTimeOffset.TryParseExact(
            text[..length], TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
