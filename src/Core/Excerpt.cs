namespace Jobs.Core;

/// <summary>The beginning of a text that may be too long to show or to store.</summary>
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
}
