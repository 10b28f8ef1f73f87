using System.Globalization;
using System.Text;

namespace Jobs.Core;

/// <summary>
/// Text from outside (keys, inputs, errors, log lines) as a terminal may show it: an escape sequence in it does
/// nothing, and a character that no terminal knows is seen.
/// </summary>
public static class Legible
{
    private static readonly UnicodeCategory[] Breaks =
        [UnicodeCategory.Control, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator];

    /// <summary>
    /// The text with <c>\u001B</c>, as JSON writes it, for each character that is not to be shown: controls, those that
    /// turn the direction of what follows, noncharacters, and half of a surrogate pair. Tabs and line ends stay.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && IsShown(rune, text.AsSpan(at + 1))) shown.Append(text, at, length);
            else foreach (var half in text.AsSpan(at, length)) Append(shown, half);
            at += length;
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, char hidden) =>
        shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)hidden:X4}");

    private static bool IsShown(Rune rune, ReadOnlySpan<char> rest) => rune.Value switch
    {
        '\t' or '\n' => true,
        '\r' => rest.StartsWith("\n"),
        // Bidirectional embeddings, overrides and isolates: https://trojansource.codes
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 => false,
        // Noncharacters: the last two of each plane, and 32 of the first.
        >= 0xFDD0 and <= 0xFDEF => false,
        _ => (rune.Value & 0xFFFE) != 0xFFFE && !Breaks.Contains(Rune.GetUnicodeCategory(rune)),
    };
}
