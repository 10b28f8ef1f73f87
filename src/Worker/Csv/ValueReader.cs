using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Jobs.Worker.Csv;

/// <summary>Reads typed values from UTF-8, strictly: what a person would call text (007, +49…) is text.</summary>
/// <param name="decimalComma">1,5 is a number too: in a file separated by semicolons.</param>
internal sealed class ValueReader(bool decimalComma)
{
    private const int MostDigits = 18;

    private static readonly NumberFormatInfo CommaFormat = new()
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = "",
    };

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
        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return (double.TryParse(value, Style, CultureInfo.InvariantCulture, out number)
            || (decimalComma && double.TryParse(value, Style, CommaFormat, out number))) && double.IsFinite(number);
    }

    public static bool IsBoolean(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "true"u8) || Ascii.EqualsIgnoreCase(value, "false"u8);
}
