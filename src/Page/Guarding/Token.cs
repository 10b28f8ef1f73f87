using System.Security.Cryptography;
using System.Text;

namespace Jobs.Page.Guarding;

/// <summary>What only the terminal said: a browser that has it belongs to the person who started the page.</summary>
internal sealed class Token
{
    private const int Characters = 43;

    private readonly byte[] _bytes;

    public Token()
    {
        Value = RandomNumberGenerator.GetString(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", Characters);
        _bytes = Encoding.UTF8.GetBytes(Value);
    }

    /// <summary>256 bits, as letters and digits.</summary>
    public string Value { get; }

    /// <summary>Compares in a time that says nothing of where the two differ.</summary>
    public bool Is(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _bytes);
}
