using System.Buffers.Binary;
using System.Text;

namespace Jobs.Tests.Otlp;

/// <summary>The fields of one message of Protocol Buffers, in their order.</summary>
internal sealed class ProtoReader
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoReader(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            var (field, type) = ((int)(tag >> 3), (int)(tag & 7));
            switch (type)
            {
                case 0:
                    _fields.Add((field, Varint(message.Span, ref at), default));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    _fields.Add((field, 0, message.Slice(at, length)));
                    at += length;
                    break;
                default:
                    throw new FormatException($"Field {field} is of type {type}, which spans do not have.");
            }
        }
    }

    public IEnumerable<ProtoReader> Messages(int field) => All(field).Select(one => new ProtoReader(one.Bytes));

    public IEnumerable<string> Texts(int field) => All(field).Select(one => Encoding.UTF8.GetString(one.Bytes.Span));

    public string? Text(int field) => Texts(field).FirstOrDefault();

    public string Hex(int field) =>
        Convert.ToHexStringLower(All(field).Select(one => one.Bytes).FirstOrDefault().Span);

    public ulong Number(int field) => All(field).Select(one => one.Number).FirstOrDefault();

    public bool Has(int field) => All(field).Any();

    private IEnumerable<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> All(int field) =>
        _fields.Where(one => one.Field == field);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0UL, 0);
        for (; ; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }
    }
}
