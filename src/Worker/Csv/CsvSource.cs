namespace Jobs.Worker.Csv;

/// <summary>Counts the bytes of a stream as they are read and remembers its byte order mark.</summary>
internal sealed class CsvSource(Stream inner) : Stream
{
    private readonly byte[] _head = new byte[4];

    public long BytesRead { get; private set; }

    public string Encoding => _head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => "UTF-8 with BOM",
        [0xFF, 0xFE, 0, 0] when BytesRead >= 4 => "UTF-32 LE",
        [0xFF, 0xFE, ..] => "UTF-16 LE",
        [0xFE, 0xFF, ..] => "UTF-16 BE",
        [0, 0, 0xFE, 0xFF] => "UTF-32 BE",
        _ => "UTF-8",
    };

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span, read);
    }

    public override int Read(Span<byte> buffer) => Count(buffer, inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(ReadOnlySpan<byte> buffer, int read)
    {
        for (var i = 0; i < read && BytesRead + i < _head.Length; i++) _head[BytesRead + i] = buffer[i];
        BytesRead += read;
        return read;
    }
}
