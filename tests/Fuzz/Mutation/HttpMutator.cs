using System.Globalization;
using System.Text;

namespace Jobs.Tests.Fuzz.Mutation;

/// <summary>
/// Changes HTTP requests: the head, or the body as JSON or bytes with a length that fits, or anything at all.
/// </summary>
internal sealed class HttpMutator(IReadOnlyList<byte[]> words, int maxBytes) : IMutator
{
    private readonly JsonMutator _json = new();
    private readonly ByteMutator _bytes = new(words, maxBytes);

    public byte[] Mutate(IReadOnlyList<byte[]> samples, Random dice)
    {
        var (head, body) = Split(samples[dice.Next(samples.Count)]);
        return dice.Next(8) switch
        {
            0 => _bytes.Mutate(samples, dice),
            < 4 => [.. _bytes.Mutate([head], dice), .. "\r\n\r\n"u8, .. body],
            _ => WithBody(head, (body is [(byte)'{', ..] ? _json : (IMutator)_bytes).Mutate([body], dice)),
        };
    }

    private static (byte[] Head, byte[] Body) Split(byte[] request)
    {
        var end = request.AsSpan().IndexOf("\r\n\r\n"u8);
        return (request[..end], request[(end + 4)..]);
    }

    private static byte[] WithBody(byte[] head, byte[] body)
    {
        var lines = Encoding.UTF8.GetString(head).Split("\r\n")
            .Where(line => !line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Append(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}"));
        return [.. Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), .. "\r\n\r\n"u8, .. body];
    }
}
