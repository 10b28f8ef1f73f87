using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Jobs.Aws.Tracing;

/// <summary>
/// Writes messages of Protocol Buffers, as far as spans need it. https://protobuf.dev/programming-guides/encoding/
/// </summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Number(int field, long value)
    {
        Tag(field, Varint);
        Raw((ulong)value);
    }

    public void Fixed(int field, ulong value)
    {
        Tag(field, Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthDelimited);
        Raw((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Message(int field, Action<ProtoWriter> write)
    {
        var message = new ProtoWriter();
        write(message);
        Bytes(field, message.Written.Span);
    }

    private void Tag(int field, int type) => Raw((ulong)((field << 3) | type));

    private void Raw(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        var length = 0;
        for (; value > 0x7F; value >>= 7) bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        _bytes.Write(bytes[..length]);
    }
}
