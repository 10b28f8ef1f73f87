using System.Text;
using Jobs.Core;

namespace Jobs.Aws;

/// <summary>
/// What SQS takes as text: only what XML 1.0 may hold, and no more bytes in a message and its attributes together than
/// its queue allows.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
public static class SqsText
{
    /// <summary>Bytes of body and attributes that every queue takes.</summary>
    public const int LeastMaxBytes = 262_144;

    /// <summary>Bytes that a queue takes which was made with SQS's own default.</summary>
    public const int MostMaxBytes = 1_048_576;

    /// <summary>Of UTF-8 for one of UTF-16.</summary>
    private const int MaxBytesPerCharacter = 3;

    /// <summary>UTF-16 characters; less of a text tells nothing.</summary>
    private const int LeastTelling = 10;

    /// <summary>
    /// Bytes that a message of this size may still have: a queue that took more than every queue takes is one that
    /// takes the most.
    /// </summary>
    public static int BytesBeside(int size) => (size > LeastMaxBytes ? MostMaxBytes : LeastMaxBytes) - size;

    /// <summary>
    /// The text with a replacement character (U+FFFD) for each character, or half of one, that SQS refuses.
    /// </summary>
    public static string Printable(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = rune.Value is 0x9 or 0xA or 0xD or >= 0x20 and not (0xFFFE or 0xFFFF);
            written.Append(allowed ? rune : Rune.ReplacementChar);
        }

        return written.ToString();
    }

    /// <summary>As much of an attribute's text as fits into bytes; null when what fits tells nothing.</summary>
    /// <param name="left">Bytes that the message may still have.</param>
    public static string? Fit(string name, string text, int left)
    {
        if (SizeOf(name, text) <= left) return text;
        var length = (left - SizeOf(name, "")) / MaxBytesPerCharacter;
        return length < LeastTelling ? null : Excerpt.Of(text, length);
    }

    /// <summary>Bytes that an attribute of the data type String counts.</summary>
    public static int SizeOf(string name, string text) =>
        Encoding.UTF8.GetByteCount(name) + "String".Length + Encoding.UTF8.GetByteCount(text);
}
