using System.Buffers.Binary;

namespace Jobs.Tests.Fuzz.Mutation;

/// <summary>
/// Changes bytes: flipped, cut, doubled, moved, replaced by numbers at an edge or by words of a format.
/// </summary>
/// <param name="words">What parsers of this format look for.</param>
/// <param name="maxBytes">Longest input.</param>
internal sealed class ByteMutator(IReadOnlyList<byte[]> words, int maxBytes) : IMutator
{
    private const int MaxFaults = 8;

    private static readonly long[] Edges =
    [
        0, 1, -1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, int.MaxValue, int.MinValue, uint.MaxValue,
    ];

    public byte[] Mutate(IReadOnlyList<byte[]> samples, Random dice)
    {
        var input = samples[dice.Next(samples.Count)];
        for (var faults = 1 + dice.Next(MaxFaults); faults > 0; faults--)
        {
            input = Fault(input, samples, dice);
            if (input.Length > maxBytes) input = input[..maxBytes];
        }

        return input;
    }

    private byte[] Fault(byte[] input, IReadOnlyList<byte[]> samples, Random dice)
    {
        if (input.Length == 0) return samples[dice.Next(samples.Count)];
        var at = dice.Next(input.Length);
        var length = Math.Min(1 << dice.Next(12), input.Length - at);
        return dice.Next(10) switch
        {
            0 => Changed(input, copy => copy[at] ^= (byte)(1 << dice.Next(8))),
            1 => Changed(input, copy => copy[at] = (byte)dice.Next(256)),
            2 => Changed(input, copy => WriteEdge(copy.AsSpan(at), dice)),
            3 => input[..at],
            4 => [.. input.AsSpan(0, at), .. input.AsSpan(at + length)],
            5 => [.. input.AsSpan(0, at + length), .. input.AsSpan(at)],
            6 => Changed(input, copy => Move(copy, at, length, dice.Next(copy.Length - length + 1))),
            7 => Spliced(input, at, samples[dice.Next(samples.Count)], dice),
            8 when words.Count > 0 => [.. input.AsSpan(0, at), .. words[dice.Next(words.Count)], .. input.AsSpan(at)],
            _ => Changed(input, copy => dice.NextBytes(copy.AsSpan(at, Math.Min(length, 16)))),
        };
    }

    private static byte[] Changed(byte[] input, Action<byte[]> change)
    {
        var copy = (byte[])input.Clone();
        change(copy);
        return copy;
    }

    private static void Move(byte[] bytes, int from, int length, int to) =>
        bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(to));

    /// <summary>A number where many a parser goes wrong, of 1, 2 or 4 bytes, in either order.</summary>
    private static void WriteEdge(Span<byte> place, Random dice)
    {
        var edge = (int)Edges[dice.Next(Edges.Length)];
        var isBig = dice.Next(2) == 0;
        if (place.Length >= 4 && dice.Next(2) == 0)
        {
            if (isBig) BinaryPrimitives.WriteInt32BigEndian(place, edge);
            else BinaryPrimitives.WriteInt32LittleEndian(place, edge);
        }
        else if (place.Length >= 2 && dice.Next(2) == 0)
        {
            if (isBig) BinaryPrimitives.WriteInt16BigEndian(place, (short)edge);
            else BinaryPrimitives.WriteInt16LittleEndian(place, (short)edge);
        }
        else
        {
            place[0] = (byte)edge;
        }
    }

    /// <summary>The beginning of one and the end of another.</summary>
    private static byte[] Spliced(byte[] first, int at, byte[] second, Random dice) =>
        [.. first.AsSpan(0, at), .. second.AsSpan(dice.Next(second.Length + 1))];
}
