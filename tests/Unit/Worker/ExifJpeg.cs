using System.Buffers.Binary;
using System.Text;

namespace Jobs.Tests.Unit.Worker;

/// <summary>Puts EXIF data of a test's choice into a real JPEG, in place of its own.</summary>
internal static class ExifJpeg
{
    private const int Ascii = 2;
    private const int Rational = 5;
    private const int Byte = 1;
    private const int Short = 3;
    private const int Long = 4;
    private const int SignedRational = 10;

    public static byte[] WithoutExif(byte[] jpeg)
    {
        var (start, length) = FindExif(jpeg);
        return [.. jpeg.AsSpan(0, start), .. jpeg.AsSpan(start + length)];
    }

    /// <param name="thumbnail">Tags of the directory after the first.</param>
    public static byte[] With(
        byte[] jpeg, (
            int Tag,
            object Value)[] camera, (
                int Tag,
                object Value)[] taken, (int Tag, object Value)[] gps, (int Tag, object Value)[]? thumbnail = null)
    {
        var plain = WithoutExif(jpeg);
        byte[] payload = [.. "Exif\0\0"u8, .. Tiff(camera, taken, gps, thumbnail ?? [])];
        var head = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(head, 0xFFE1);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)(payload.Length + 2));
        return [.. plain.AsSpan(0, 2), .. head, .. payload, .. plain.AsSpan(2)];
    }

    private static (int Start, int Length) FindExif(byte[] jpeg)
    {
        for (var at = 2; jpeg[at + 1] != 0xDA;)
        {
            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            if (jpeg[at + 1] == 0xE1 && jpeg.AsSpan(at + 4).StartsWith("Exif"u8)) return (at, length);
            at += length;
        }

        return (2, 0);
    }

    /// <summary>Puts bytes before the first segment of a kind.</summary>
    public static byte[] Before(byte[] jpeg, byte code, params byte[] bytes)
    {
        var at = 2;
        while (jpeg[at + 1] != code) at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
        return [.. jpeg.AsSpan(0, at), .. bytes, .. jpeg.AsSpan(at)];
    }

    /// <summary>
    /// Big-endian TIFF: IFD0 with pointers to the Exif and GPS directories, and the thumbnail's directory after it.
    /// </summary>
    private static byte[] Tiff(
        (
            int Tag,
            object Value)[] camera, (
                int Tag, object Value)[] taken, (int Tag, object Value)[] gps, (int Tag, object Value)[] thumbnail)
    {
        const int Start = 8;
        var exifAt = Start + Directory(Start, [.. camera, (0x8769, 0), (0x8825, 0)]).Length;
        var exif = Directory(exifAt, taken);
        var gpsAt = exifAt + exif.Length;
        var place = Directory(gpsAt, gps);
        var nextAt = gpsAt + place.Length;
        return
        [
            .. "MM\0*\0\0\0\u0008"u8,
            .. Directory(
                Start, [.. camera, (0x8769, exifAt), (0x8825, gpsAt)], next: thumbnail.Length == 0 ? 0 : nextAt),
            .. exif,
            .. place,
            .. Directory(nextAt, thumbnail),
        ];
    }

    private static byte[] Directory(int start, (int Tag, object Value)[] entries, int next = 0)
    {
        var table = new byte[2 + (entries.Length * 12) + 4];
        var data = new List<byte>();
        BinaryPrimitives.WriteUInt16BigEndian(table, (ushort)entries.Length);
        BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(table.Length - 4), next);
        foreach (var (i, (tag, value)) in entries.Index())
        {
            var (type, count, bytes) = Encode(value);
            var entry = table.AsSpan(2 + (i * 12), 12);
            BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)tag);
            BinaryPrimitives.WriteUInt16BigEndian(entry[2..], (ushort)type);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], count);
            if (bytes.Length <= 4) bytes.CopyTo(entry[8..]);
            else BinaryPrimitives.WriteInt32BigEndian(entry[8..], start + table.Length + data.Count);
            if (bytes.Length > 4) data.AddRange(bytes);
        }

        return [.. table, .. data];
    }

    private static (int Type, int Count, byte[] Bytes) Encode(object value) => value switch
    {
        string text => (Ascii, text.Length + 1, Encoding.ASCII.GetBytes(text + "\0")),
        byte[] text => (Ascii, text.Length, text),
        ushort number => (Short, 1, [(byte)(number >> 8), (byte)number]),
        int pointer => (Long, 1, Big(pointer)),
        byte one => (Byte, 1, [one]),
        ValueTuple<int, int> part => (SignedRational, 1, [.. Big(part.Item1), .. Big(part.Item2)]),
        (int Numerator, int Denominator)[] parts =>
            (Rational, parts.Length, [.. parts.SelectMany(part => Big(part.Numerator).Concat(Big(part.Denominator)))]),
        _ => throw new ArgumentException($"No EXIF type for {value.GetType()}", nameof(value)),
    };

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
