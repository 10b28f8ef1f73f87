namespace Jobs.Core;

/// <summary>A part of a text that may be too long to show or to store.</summary>
public static class Excerpt
{
    /// <summary>
    /// The text, or as much of it as fits into the length together with an ellipsis. Never half of a surrogate pair,
    /// which no JSON can hold.
    /// </summary>
    /// <param name="length">UTF-16 characters, at least 2.</param>
    public static string Of(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    /// <summary>
    /// The text, or its beginning and its end with an ellipsis between them: a sentence keeps what it is about and what
    /// to do, whatever it quotes.
    /// </summary>
    /// <param name="length">UTF-16 characters, at least 4.</param>
    public static string Around(string text, int length)
    {
        if (text.Length <= length) return text;
        var start = text.Length - (length / 2);
        if (char.IsLowSurrogate(text[start])) start++;
        return string.Concat(Of(text, length - (length / 2)), text.AsSpan(start));
    }
}
