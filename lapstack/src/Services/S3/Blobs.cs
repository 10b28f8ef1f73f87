using System.Buffers;
using System.IO.Pipelines;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.S3;

/// <summary>The bytes of objects and parts, in files. Nothing is ever held in memory whole.</summary>
internal sealed class Blobs(StateFolder state, Ids ids)
{
    private const int BufferSize = 128 * 1024;
    private readonly ServiceState _state = state.For("s3");

    /// <summary>
    /// Stores a stream. The blob exists only if <paramref name="check"/>, called at the end, does not throw.
    /// </summary>
    public async Task<Blob> WriteAsync(Stream content, Digests digests, Action check, CancellationToken cancellation)
    {
        var temporary = _state.NewTemporary();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using (var file = new FileStream(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true))
            {
                int read;
                while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
                {
                    digests.Append(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            }

            check();
            var name = ids.Hex(32);
            _state.Commit(temporary, PathOf(name));
            return new Blob(name, digests.Size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(temporary);
        }
    }

    /// <summary>Copies a range of the blobs, taken as one run of bytes, to a stream.</summary>
    public async Task CopyToAsync(
        IEnumerable<Blob> blobs, long start, long length, Stream target, CancellationToken cancellation)
    {
        foreach (var blob in blobs)
        {
            if (length <= 0) return;
            if (start >= blob.Size)
            {
                start -= blob.Size;
                continue;
            }

            var count = Math.Min(blob.Size - start, length);
            await using var file = Open(blob);
            file.Position = start;
            await CopyAsync(file, count, target, cancellation);
            (start, length) = (0, length - count);
        }
    }

    /// <summary>A stream over a range of the blobs, taken as one run of bytes.</summary>
    public Stream OpenRead(IReadOnlyList<Blob> blobs, long start = 0, long? length = null)
    {
        var pipe = new Pipe();
        _ = FillAsync();
        return pipe.Reader.AsStream();

        async Task FillAsync()
        {
            try
            {
                await CopyToAsync(
                    blobs, start, length ?? blobs.Sum(b => b.Size), pipe.Writer.AsStream(), CancellationToken.None);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception failed)
            {
                // The reader gets it, as it would from a file.
                await pipe.Writer.CompleteAsync(failed);
            }
        }
    }

    public void Delete(IEnumerable<Blob> blobs)
    {
        foreach (var blob in blobs) _state.Delete(PathOf(blob.Name));
    }

    private static string PathOf(string name) => $"blobs/{name[..2]}/{name}";

    private FileStream Open(Blob blob) =>
        new(
            Path.Combine(_state.Folder, PathOf(blob.Name)),
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read | FileShare.Delete,
            0,
            useAsync: true);

    private static async Task CopyAsync(FileStream file, long count, Stream target, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (count > 0)
            {
                var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellation);
                if (read == 0) throw new EndOfStreamException($"{file.Name} is shorter than its object.");
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
