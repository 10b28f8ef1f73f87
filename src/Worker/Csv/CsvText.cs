using System.Text;

namespace Jobs.Worker.Csv;

/// <summary>A file's text in UTF-8, whatever compression, encoding and byte order marks the file has.</summary>
/// <param name="Content">Reads on from the file.</param>
/// <param name="Encoding">As the byte order mark says; UTF-8 without one.</param>
/// <param name="Compression">Null when the file is not compressed.</param>
internal sealed record CsvText(Stream Content, string Encoding, string? Compression)
{
    /// <summary>
    /// Stands in the text where a file of wide characters has bytes that are none: Unicode keeps it for such uses.
    /// </summary>
    public const char NoCharacter = '\uFDD0';

    public static ReadOnlySpan<byte> NoCharacterInUtf8 => "\uFDD0"u8;

    /// <summary>Whether its UTF-8 was made of wider characters.</summary>
    public bool IsWide => !Encoding.StartsWith("UTF-8", StringComparison.Ordinal);

    /// <param name="file">Stays the caller's to dispose of.</param>
    /// <exception cref="JobFailedException">The file is compressed in a way that is not read here, or
    /// damaged.</exception>
    public static async Task<CsvText> OpenAsync(Stream file, CancellationToken stop)
    {
        var stored = await HeadStream.OpenAsync(file, stop);
        var isGzip = Csv.Compression.IsGzip(stored.Head.Span);
        var plain = isGzip ? await HeadStream.OpenAsync(new GzipText(stored), stop) : stored;
        Csv.Compression.Refuse(plain.Head.Span);
        var (name, encoding) = EncodingOf(plain.Head.Span);
        var utf8 = encoding is null
            ? plain
            : System.Text.Encoding.CreateTranscodingStream(plain, encoding, System.Text.Encoding.UTF8);
        var text = await HeadStream.OpenAsync(new TextMarks(utf8), stop);
        text.Head = SeparatorLine.Plain(text.Head);
        return new CsvText(text, name, isGzip ? Csv.Compression.Gzip : null);
    }

    private static (string Name, Encoding? Encoding) EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => ("UTF-8 with BOM", null),
        [0xFF, 0xFE, 0, 0, ..] => ("UTF-32 LE", Strict("utf-32")),
        [0, 0, 0xFE, 0xFF, ..] => ("UTF-32 BE", Strict("utf-32BE")),
        [0xFF, 0xFE, ..] => ("UTF-16 LE", Strict("utf-16")),
        [0xFE, 0xFF, ..] => ("UTF-16 BE", Strict("utf-16BE")),
        _ => ("UTF-8", null),
    };

    private static Encoding Strict(string name) => System.Text.Encoding.GetEncoding(
        name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(NoCharacter.ToString()));
}
