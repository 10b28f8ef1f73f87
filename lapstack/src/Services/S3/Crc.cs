using System.Buffers.Binary;

namespace Lapstack.Services.S3;

/// <summary>
/// The three reflected CRCs S3 checks uploads with: CRC-32, CRC-32C and CRC-64/NVME. Eight bytes a step.
/// </summary>
internal sealed class Crc
{
    private static readonly Lazy<ulong[][]> Crc32 = new(() => Tables(0xEDB88320));
    private static readonly Lazy<ulong[][]> Crc32C = new(() => Tables(0x82F63B78));
    private static readonly Lazy<ulong[][]> Crc64 = new(() => Tables(0x9A6C9329AC4BC9B5));
    private readonly ulong[][] _tables;
    private readonly int _bytes;
    private readonly ulong _mask;
    private ulong _state;

    private Crc(ulong[][] tables, int bytes)
    {
        _tables = tables;
        _bytes = bytes;
        _mask = bytes == 8 ? ulong.MaxValue : uint.MaxValue;
        _state = _mask;
    }

    /// <summary>Null for a name that is not a CRC.</summary>
    public static Crc? Create(string name) => name switch
    {
        "crc32" => new(Crc32.Value, 4),
        "crc32c" => new(Crc32C.Value, 4),
        "crc64nvme" => new(Crc64.Value, 8),
        _ => null,
    };

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        while (bytes.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ state;
            state = _tables[7][word & 0xFF] ^ _tables[6][(word >> 8) & 0xFF] ^ _tables[5][(word >> 16) & 0xFF]
                ^ _tables[4][(word >> 24) & 0xFF]
                ^ _tables[3][(word >> 32) & 0xFF] ^ _tables[2][(word >> 40) & 0xFF] ^ _tables[1][(word >> 48) & 0xFF]
                    ^ _tables[0][word >> 56];
            bytes = bytes[8..];
        }

        foreach (var b in bytes) state = (state >> 8) ^ _tables[0][(state ^ b) & 0xFF];
        _state = state;
    }

    /// <summary>Big-endian, as S3 encodes it.</summary>
    public byte[] Value()
    {
        var value = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(value, _state ^ _mask);
        return value[^_bytes..];
    }

    private static ulong[][] Tables(ulong polynomial)
    {
        var tables = Enumerable.Range(0, 8).Select(_ => new ulong[256]).ToArray();
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? (value >> 1) ^ polynomial : value >> 1;
            tables[0][i] = value;
        }

        for (var n = 1; n < 8; n++)
            for (var i = 0; i < 256; i++) tables[n][i] = (tables[n - 1][i] >> 8) ^ tables[0][tables[n - 1][i] & 0xFF];
        return tables;
    }
}
