using System.Buffers;
using System.Security.Cryptography;

namespace Jobs.Worker.Checksums;

/// <summary>What an object holds, in three numbers.</summary>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal.</param>
/// <param name="Lines">Line feeds, and one more when the last line has none.</param>
public sealed record ObjectChecksum(string Key, string Sha256, long Bytes, long Lines)
{
    private const int BufferSize = 64 * 1_024;

    /// <summary>Reads a stream to its end.</summary>
    public static async Task<ObjectChecksum> ReadAsync(string key, Stream content, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var (bytes, lines, last) = (0L, 0L, (byte)'\n');
            int read;
            while ((read = await content.ReadAsync(buffer, stop)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                bytes += read;
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
                last = buffer[read - 1];
            }

            return new ObjectChecksum(
                key, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, last == '\n' ? lines : lines + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
