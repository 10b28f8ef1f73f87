using Jobs.Core.Objects;
using Jobs.Core.Workers;

namespace Jobs.Aws.Workers;

/// <summary>
/// Reads an object from start to end and opens it again where it was when the connection breaks or ends early.
/// Gives up after <see cref="MaxFailures"/> failures in a row without a byte between them: <see
/// cref="AwsUnavailableException"/>.
/// </summary>
/// <param name="name">The object, for people.</param>
/// <param name="length">Bytes the object has.</param>
/// <param name="reopen">Opens the same version of the object from a position on.</param>
internal sealed class ResumingStream(
    string name, Stream first, long length, Func<long, CancellationToken, Task<Stream>> reopen, TimeProvider clock)
    : Stream
{
    internal const int MaxFailures = 5;

    private Stream? _inner = first;
    private long _position;
    private int _failures;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("An object is read from start to end.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < length && buffer.Length > 0)
        {
            try
            {
                _inner ??= await reopen(_position, cancellationToken);
                var read = await _inner.ReadAsync(buffer, cancellationToken);
                if (read == 0) throw new EndOfStreamException($"The object ended at byte {_position} of {length}.");
                (_position, _failures) = (_position + read, 0);
                return read;
            }
            catch (Exception e) when (IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                await CloseAsync();
                if (++_failures >= MaxFailures) throw GivenUp(e);
                await Task.Delay(TimeSpan.FromMilliseconds(50 << _failures), clock, cancellationToken);
            }
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("An object is read from start to end.");

    public override void SetLength(long value) =>
        throw new NotSupportedException("An object that was opened for reading cannot be changed.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An object that was opened for reading cannot be changed.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// Gone and changed objects stay so, and what was asked for in vain is not asked for again; a broken connection
    /// passes.
    /// </summary>
    private static bool IsTransient(Exception e) =>
        e is not (ObjectGoneException or ObjectChangedException or AwsUnavailableException)
        && (e is IOException || AwsFailures.IsOutage(e));

    private AwsUnavailableException GivenUp(Exception e) =>
        new($"{name} could not be read beyond byte {_position:N0}: {e.Message}", e);

    private async Task CloseAsync()
    {
        if (_inner is null) return;
        await _inner.DisposeAsync();
        _inner = null;
    }
}
