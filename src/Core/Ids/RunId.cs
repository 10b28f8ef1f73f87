using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Jobs.Core.Ids;

/// <summary>
/// Names a run: <c>&lt;job&gt;/&lt;26 characters&gt;</c>. The characters are derived from what asked for the run, so
/// that the same event, however often it arrives, names the same run.
/// </summary>
public readonly record struct RunId
{
    /// <summary>130 bits in Crockford's base 32, lower case: no i, l, o, u to misread.</summary>
    public const int KeyLength = 26;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(Alphabet);

    private RunId(string job, string key) => (Job, Key) = (job, key);

    public string Job { get; }

    public string Key { get; }

    /// <param name="job">Name of the job.</param>
    /// <param name="identity">What makes the request the same when it is repeated, from the most to the least
    /// significant.</param>
    public static RunId From(string job, params ReadOnlySpan<string> identity)
    {
        var text = new StringBuilder(job);
        foreach (var part in identity) text.Append('\n').Append(part.Length).Append(':').Append(part);
        return new RunId(job, Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    /// <exception cref="FormatException">The text is not a run id.</exception>
    public static RunId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException(
            $"'{text}' is not a run id. A run id is <job>/<{KeyLength} characters>, such as " +
            $"line-count/{new string('0', KeyLength)}.");

    public static bool TryParse(string? text, out RunId id)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        var valid = slash > 0
            && text!.Length - slash - 1 == KeyLength
            && text.AsSpan(slash + 1).IndexOfAnyExcept(KeyCharacters) < 0;
        id = valid ? new RunId(text![..slash], text[(slash + 1)..]) : default;
        return valid;
    }

    /// <summary>
    /// One of <paramref name="count"/> equal shares of all runs, 0 to <paramref name="count"/> - 1. A power of two up
    /// to 32.
    /// </summary>
    public int Shard(int count) => Alphabet.IndexOf(Key[^1], StringComparison.Ordinal) % count;

    public override string ToString() => $"{Job}/{Key}";

    private static string Encode(ReadOnlySpan<byte> hash)
    {
        Span<char> key = stackalloc char[KeyLength];
        for (var i = 0; i < KeyLength; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            key[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(key);
    }
}
