using System.Buffers.Binary;

namespace Jobs.Worker.Photos;

/// <summary>The little of JPEG's structure that tells a whole file from a part of one.</summary>
internal static class JpegFile
{
    private const byte StartOfScan = 0xDA;

    public static bool HasSignature(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]);

    /// <summary>
    /// Whether the picture ends: after the scan begins, FF D9 occurs only as the end marker, since picture data writes FF as FF 00.
    /// What follows it (a second picture, a maker's trailer) does not matter.
    /// </summary>
    public static bool IsComplete(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 4 <= file.Length && file[at] == 0xFF)
        {
            if (file[at + 1] == StartOfScan) return file[at..].IndexOf(End) >= 0;
            // A marker may be preceded by any number of FF.
            at += file[at + 1] == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return false;
    }

    private static ReadOnlySpan<byte> End => [0xFF, 0xD9];
}
