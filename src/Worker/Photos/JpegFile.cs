using System.Buffers.Binary;

namespace Jobs.Worker.Photos;

/// <summary>The little of JPEG's structure that tells a whole file from a part of one.</summary>
internal static class JpegFile
{
    private const byte StartOfScan = 0xDA;

    private static ReadOnlySpan<byte> Start => [0xFF, 0xD8];

    private static ReadOnlySpan<byte> End => [0xFF, 0xD9];

    public static bool HasSignature(ReadOnlySpan<byte> file) => file.StartsWith(Start);

    /// <summary>
    /// What stands before the picture, as the standard wants it: segment after segment, without the bytes that some
    /// tools leave between them, and without markers that stand alone. Null when the file ends before its picture does:
    /// once the scan has begun, FF D9 occurs only as the end marker, since picture data writes FF as FF 00. What
    /// follows it (a second picture, a maker's trailer) does not matter.
    /// </summary>
    public static MemoryStream? HeadOf(ReadOnlySpan<byte> file)
    {
        var head = new MemoryStream();
        head.Write(Start);
        for (var at = NextMarker(file, Start.Length); at + 4 <= file.Length; at = NextMarker(file, at))
        {
            if (file[at + 1] == StartOfScan)
            {
                head.Write(file.Slice(at, 2));
                head.Position = 0;
                return file[at..].IndexOf(End) >= 0 ? head : null;
            }

            var length = StandsAlone(file[at + 1]) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length > 2) head.Write(file[at..Math.Min(at + length, file.Length)]);
            at += length;
        }

        return null;
    }

    /// <summary>
    /// Where the next marker begins: FF and a code, which is neither 0 nor FF. The file's length when there is none.
    /// </summary>
    private static int NextMarker(ReadOnlySpan<byte> file, int at)
    {
        while (at + 2 <= file.Length && !(file[at] == 0xFF && file[at + 1] is not (0 or 0xFF))) at++;
        return at + 2 <= file.Length ? at : file.Length;
    }

    /// <summary>TEM, and the markers between the parts of a scan, have no length after them.</summary>
    private static bool StandsAlone(byte code) => code is 0x01 or (>= 0xD0 and <= 0xD7);
}
