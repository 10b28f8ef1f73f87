using System.Buffers.Binary;
using System.Text;

namespace Jobs.Tests.Unit.Worker;

/// <summary>Puts EXIF data of a test's choice into a real JPEG, in place of its own.</summary>
internal static class ExifJpeg
{
    private const int Ascii = 2;
    private const int Rational = 5;
    private const int Byte = 1;
    private const int Long = 4;

    public static byte[] WithoutExif(byte[] jpeg)
    {
        var (start, length) = FindExif(jpeg);
        return [.. jpeg.AsSpan(0, start), .. jpeg.AsSpan(start + length)];
    }

    public static byte[] With(byte[] jpeg, (int Tag, string Text)[] camera, (int Tag, string Text)[] taken, (int Tag, object Value)[] gps)
    {
        var plain = WithoutExif(jpeg);
        byte[] payload = [.. "Exif\0\0"u8, .. Tiff(camera, taken, gps)];
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

    /// <summary>Big-endian TIFF: IFD0 with pointers to the Exif and GPS directories.</summary>
    private static byte[] Tiff((int Tag, string Text)[] camera, (int Tag, string Text)[] taken, (int Tag, object Value)[] gps)
    {
        var first = camera.Select(one => (one.Tag, (object)one.Text)).ToArray();
        var size = Directory(8, [.. first, (0x8769, 0), (0x8825, 0)]).Length;
        var exif = Directory(8 + size, [.. taken.Select(one => (one.Tag, (object)one.Text))]);
        return
        [
            .. "MM\0*\0\0\0\u0008"u8,
            .. Directory(8, [.. first, (0x8769, 8 + size), (0x8825, 8 + size + exif.Length)]),
            .. exif,
            .. Directory(8 + size + exif.Length, gps),
        ];
    }

    private static byte[] Directory(int start, (int Tag, object Value)[] entries)
    {
        var table = new byte[2 + (entries.Length * 12) + 4];
        var data = new List<byte>();
        BinaryPrimitives.WriteUInt16BigEndian(table, (ushort)entries.Length);
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
        int pointer => (Long, 1, Big(pointer)),
        byte one => (Byte, 1, [one]),
        (int Numerator, int Denominator)[] parts => (Rational, parts.Length, [.. parts.SelectMany(part => Big(part.Numerator).Concat(Big(part.Denominator)))]),
        _ => throw new ArgumentException($"No EXIF type for {value.GetType()}", nameof(value)),
    };

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
