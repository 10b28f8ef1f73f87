using System.Globalization;

namespace Lapstack.Patterns;

/// <summary>
/// Numbers as EventBridge compares them: by value (300, 300.0 and 3.0e2 are one number), as IEEE-754 doubles.
/// A literal that a double cannot hold exactly is not comparable as a number, only as text.
/// </summary>
internal static class ExactNumber
{
    public static double? Of(string literal)
    {
        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value)) return null;
        var survives = Canonical(literal) == Canonical(value.ToString("R", CultureInfo.InvariantCulture));
        return survives ? value : null;
    }

    /// <summary>
    /// Sign, significant digits and the power of ten of the last of them: equal for equal decimal numbers.
    /// </summary>
    private static (bool Negative, string Digits, long Exponent) Canonical(string literal)
    {
        var negative = literal.StartsWith('-');
        var parts = literal.TrimStart('-').Split('e', 'E');
        var fraction = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = fraction < 0 ? 0 : parts[0].Length - fraction - 1;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0) return (false, "", 0);
        // An exponent beyond a long is beyond every double, and was refused or rounded to zero before.
        var power = parts.Length == 1
            || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var p)
            ? 0
            : p;
        return (negative, significant, power - decimals + digits.Length - significant.Length);
    }
}
