namespace Jobs.Worker.Csv;

/// <summary>A stream whose first bytes are known before it is read, and may be replaced.</summary>
internal sealed class HeadStream : ReadStream
{
    private const int HeadBytes = 512;

    private HeadStream(Stream inner)
        : base(inner)
    {
    }

    /// <summary>The first bytes: 512, or all that there are.</summary>
    public ReadOnlyMemory<byte> Head { get; set; }

    public static async Task<HeadStream> OpenAsync(Stream inner, CancellationToken stop)
    {
        var head = new byte[HeadBytes];
        var length = await inner.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, stop);
        return new HeadStream(inner) { Head = head.AsMemory(0, length) };
    }

    public override int Read(Span<byte> buffer) => Head.IsEmpty ? Inner.Read(buffer) : ReadHead(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Head.IsEmpty ? Inner.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(ReadHead(buffer.Span));

    private int ReadHead(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, Head.Length);
        Head.Span[..length].CopyTo(buffer);
        Head = Head[length..];
        return length;
    }
}
