using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Lapstack.Wire;

/// <summary>
/// Removes the aws-chunked framing that SDKs put around uploads, as it streams by. Chunk signatures are not checked:
/// the request's own signature is, and the way is a loopback.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
/// </summary>
internal sealed class AwsChunkedStream(Stream inner) : ForwardStream
{
    private const int LongestLine = 8 * 1024;
    private readonly PipeReader _reader = PipeReader.Create(
        inner, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    private readonly Dictionary<string, string> _trailers = new(StringComparer.OrdinalIgnoreCase);
    private long _left;
    private bool _inChunk;
    private bool _ended;

    /// <summary>
    /// The headers behind the last chunk, such as x-amz-checksum-crc32; complete when the stream has ended.
    /// </summary>
    public IReadOnlyDictionary<string, string> Trailers => _trailers;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !_ended) await NextChunkAsync(cancellationToken);
        if (_ended || buffer.IsEmpty) return 0;
        var result = await _reader.ReadAsync(cancellationToken);
        if (result.Buffer.IsEmpty && result.IsCompleted) throw Incomplete();
        var count = (int)Math.Min(Math.Min(_left, buffer.Length), result.Buffer.Length);
        var slice = result.Buffer.Slice(0, count);
        slice.CopyTo(buffer.Span);
        _reader.AdvanceTo(slice.End);
        _left -= count;
        return count;
    }

    // SIZE[;chunk-signature=…]CRLF DATA CRLF … 0[;…]CRLF [trailer: value CRLF]… CRLF
    private async Task NextChunkAsync(CancellationToken cancellation)
    {
        if (_inChunk && await LineAsync(cancellation) is { Length: > 0 })
            throw Invalid("a chunk that is longer than its size says");
        var line = await LineAsync(cancellation);
        var size = line.Split(';')[0].Trim();
        // Sixteen digits from 8 on are a negative number to .NET.
        if (!long.TryParse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _left) || _left < 0)
            throw Invalid($"the chunk size '{size}', which is not a hexadecimal number of at most 63 bits");
        _inChunk = true;
        if (_left > 0) return;
        _ended = true;
        await ReadTrailersAsync(cancellation);
    }

    private async Task ReadTrailersAsync(CancellationToken cancellation)
    {
        while (await TryLineAsync(cancellation) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) _trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellation) =>
        await TryLineAsync(cancellation) ?? throw Incomplete();

    private async Task<string?> TryLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await _reader.ReadAsync(cancellation);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(result.Buffer.Slice(0, end)).TrimEnd('\r');
                _reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }

            if (result.Buffer.Length > LongestLine) throw Invalid("a line without an end");
            _reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted) return null;
        }
    }

    private static ServiceError Invalid(string what) => new("InvalidRequest", $"The aws-chunked body has {what}.");

    private static ServiceError Incomplete() =>
        new("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}
