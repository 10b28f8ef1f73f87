using System.IO.Compression;

namespace Jobs.Worker.Csv;

/// <summary>What a gzip file holds, one member after the other, in bounded memory.</summary>
internal sealed class GzipText(Stream inner) : ReadStream(new GZipStream(inner, CompressionMode.Decompress))
{
    /// <exception cref="JobFailedException">The file is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Inner.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    private static JobFailedException Damaged(InvalidDataException e) =>
        new("The file is compressed with gzip, and is damaged or cut off. Compress and upload it again.", e);
}
