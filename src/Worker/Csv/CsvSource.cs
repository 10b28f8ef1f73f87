namespace Jobs.Worker.Csv;

/// <summary>Counts the bytes of a file as they are read.</summary>
internal sealed class CsvSource(Stream inner) : ReadStream(inner)
{
    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer) => Count(Inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await Inner.ReadAsync(buffer, cancellationToken));

    private int Count(int read)
    {
        BytesRead += read;
        return read;
    }
}
