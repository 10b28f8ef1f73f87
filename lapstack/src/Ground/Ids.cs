namespace Lapstack.Ground;

/// <summary>
/// The only source of chance: ids of every shape AWS uses, from one injected randomizer. Safe for many threads.
/// </summary>
public sealed class Ids(Random random)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Lock _gate = new();

    /// <summary>A version 4 UUID, lower case with dashes.</summary>
    public string Uuid()
    {
        var bytes = Bytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <param name="length">In characters.</param>
    public string Hex(int length) => Convert.ToHexStringLower(Bytes((length + 1) / 2))[..length];

    /// <summary>Letters of both cases and digits.</summary>
    public string Text(int length)
    {
        lock (_gate) return new string(random.GetItems(Letters.AsSpan(), length));
    }

    /// <summary>Capital letters and digits, as in access keys and request ids.</summary>
    public string Capitals(int length)
    {
        const string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        lock (_gate) return new string(random.GetItems(capitals.AsSpan(), length));
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        lock (_gate) random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>At least 0 and below 1.</summary>
    public double Fraction()
    {
        lock (_gate) return random.NextDouble();
    }
}
