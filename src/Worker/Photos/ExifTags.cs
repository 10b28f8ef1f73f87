using System.Text;
using System.Text.Unicode;
using MetadataExtractor;
using ExifDirectory = MetadataExtractor.Directory;

namespace Jobs.Worker.Photos;

/// <summary>
/// Reads tags as their writers meant them, and nothing where a tag has another type than it should have.
/// </summary>
internal static class ExifTags
{
    /// <summary>The first whole number that one of the directories has.</summary>
    public static int? Number(IEnumerable<ExifDirectory> directories, int tag) =>
        directories.Select(directory => NumberOf(directory.GetObject(tag)))
            .FirstOrDefault(number => number is not null);

    /// <summary>The first text that one of the directories has.</summary>
    public static string? Text(IEnumerable<ExifDirectory> directories, int tag) =>
        directories.Select(directory => TextOf(directory.GetObject(tag))).FirstOrDefault(text => text is not null);

    private static int? NumberOf(object? value) => value switch
    {
        byte number => number,
        sbyte number => number,
        ushort number => number,
        short number => number,
        int number => number,
        uint and <= int.MaxValue => (int)(uint)value,
        _ => null,
    };

    private static string? TextOf(object? value) => value switch
    {
        StringValue text => TextOf(text.Bytes),
        byte[] bytes => TextOf(bytes),
        _ => null,
    };

    /// <summary>
    /// EXIF's text is ASCII up to a NUL; cameras write UTF-8 and Latin-1 too, line ends, and blanks to fill the tag.
    /// </summary>
    private static string? TextOf(byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)0);
        var written = Decode(bytes.AsSpan(0, end < 0 ? bytes.Length : end));
        var text = string.Concat(written.Select(one => char.IsControl(one) ? ' ' : one)).Trim();
        return text.Length == 0 || text.Contains('\uFFFD', StringComparison.Ordinal) ? null : text;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}
