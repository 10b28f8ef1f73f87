using System.Security.Cryptography;

namespace Lapstack.Services.S3;

/// <summary>
/// The digests of one upload, computed as it streams by: MD5 for the etag, and those the client asked to check.
/// </summary>
internal sealed class Digests : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly Dictionary<string, IncrementalHash> _hashes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Crc> _crcs = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="algorithms">Names of <see cref="Checksums"/>; others are ignored.</param>
    public Digests(IEnumerable<string> algorithms)
    {
        foreach (var algorithm in algorithms)
        {
            if (algorithm == "sha1") _hashes[algorithm] = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            else if (algorithm == "sha256") _hashes[algorithm] = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            else if (Crc.Create(algorithm) is { } crc) _crcs[algorithm] = crc;
        }
    }

    /// <summary>In bytes.</summary>
    public long Size { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Size += bytes.Length;
        _md5.AppendData(bytes);
        foreach (var hash in _hashes.Values) hash.AppendData(bytes);
        foreach (var crc in _crcs.Values) crc.Append(bytes);
    }

    public byte[] Md5() => _md5.GetCurrentHash();

    /// <summary>The big-endian value of a named digest; null when it was not computed.</summary>
    public byte[]? Value(string algorithm) =>
        _hashes.TryGetValue(algorithm, out var hash) ? hash.GetCurrentHash()
        : _crcs.TryGetValue(algorithm, out var crc) ? crc.Value()
        : null;

    public void Dispose()
    {
        _md5.Dispose();
        foreach (var hash in _hashes.Values) hash.Dispose();
    }
}
