using System.Text;

namespace Jobs.Worker.Csv;

/// <summary>Tells by a file's first bytes how it is compressed, whatever its name and its headers say.</summary>
internal static class Compression
{
    public const string Gzip = "gzip";

    /// <summary>Where a ZIP file has the name of its first entry.</summary>
    private const int EntryName = 30;

    private static readonly (string Name, byte[] Signature)[] Others =
    [
        ("ZIP", [.. "PK"u8, 3, 4]),
        ("ZIP", [.. "PK"u8, 5, 6]),
        ("ZIP", [.. "PK"u8, 7, 8]),
        ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD]),
        ("XZ", [0xFD, .. "7zXZ"u8, 0]),
        ("7z", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C]),
        ("RAR", [.. "Rar!"u8, 0x1A, 7]),
        ("LZ4", [4, 0x22, 0x4D, 0x18]),
        ("lzip", [.. "LZIP"u8, 1]),
        ("compress", [0x1F, 0x9D]),
        ("Snappy", [0xFF, 6, 0, 0, .. "sNaPpY"u8]),
        ("zlib", [0x78, 0x9C]),
        ("zlib", [0x78, 0xDA]),
        // A header may begin with "BZh" too; the size of the blocks and the mark of the first one tell.
        .. "123456789"u8.ToArray().Select(
            size => ("bzip2", (byte[])[.. "BZh"u8, size, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59])),
    ];

    private static readonly string[] SpreadsheetEntries =
    [
        "[Content_Types].xml", "_rels/", "docProps/", "xl/", "mimetype",
    ];

    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <exception cref="JobFailedException">The bytes are compressed, by gzip or another way.</exception>
    public static void Refuse(ReadOnlySpan<byte> head)
    {
        if (IsGzip(head))
        {
            throw new JobFailedException(
                "The file is compressed with gzip twice. Upload it compressed once, or not at all.");
        }

        if (NameOf(head) is not { } name) return;
        throw new JobFailedException(IsSpreadsheet(head)
            ? "The file is a spreadsheet. Export the table as 'CSV UTF-8'; renaming a spreadsheet is not enough."
            : $"The file is compressed with {name}, which is not read here. Upload the CSV as it is, or compressed " +
                "with gzip.");
    }

    private static string? NameOf(ReadOnlySpan<byte> head)
    {
        foreach (var (name, signature) in Others)
        {
            if (head.StartsWith(signature)) return name;
        }

        return null;
    }

    private static bool IsSpreadsheet(ReadOnlySpan<byte> head)
    {
        var entry = Encoding.Latin1.GetString(head[Math.Min(head.Length, EntryName)..]);
        return Array.Exists(SpreadsheetEntries, name => entry.StartsWith(name, StringComparison.Ordinal));
    }
}
