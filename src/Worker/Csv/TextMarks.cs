namespace Jobs.Worker.Csv;

/// <summary>
/// UTF-8 without the byte order marks that stand where a line begins. Files that were joined have one where each of
/// them began, and some tools write two.
/// </summary>
internal sealed class TextMarks(Stream inner) : ReadStream(inner)
{
    private readonly byte[] _buffer = new byte[64 * 1_024];

    /// <summary>Bytes at the buffer's beginning that may be the beginning of a mark: none, one or two.</summary>
    private int _held;

    /// <summary>What is ready to be given away.</summary>
    private ReadOnlyMemory<byte> _ready;

    private bool _lineBegins = true;
    private bool _ended;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public override int Read(Span<byte> buffer)
    {
        while (_ready.IsEmpty && !_ended) Take(Inner.Read(_buffer.AsSpan(Hold())));
        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_ready.IsEmpty && !_ended) Take(await Inner.ReadAsync(_buffer.AsMemory(Hold()), cancellationToken));
        return Give(buffer.Span);
    }

    private int Hold()
    {
        Mark[.._held].CopyTo(_buffer);
        return _held;
    }

    private void Take(int read)
    {
        _ended = read == 0;
        var clean = Clean(_buffer.AsSpan(0, _held + read));
        _held = _ended ? 0 : Held(_buffer.AsSpan(0, clean));
        _ready = _buffer.AsMemory(0, clean - _held);
        if (!_ready.IsEmpty) _lineBegins = IsLineEnd(_ready.Span[^1]);
    }

    /// <summary>Moves what is no mark together. Returns how much that is.</summary>
    private int Clean(Span<byte> bytes)
    {
        var (from, to) = (0, 0);
        while (from < bytes.Length)
        {
            var mark = bytes[from..].IndexOf(Mark);
            var text = mark < 0 ? bytes[from..] : bytes.Slice(from, mark);
            if (from != to) text.CopyTo(bytes[to..]);
            (from, to) = (from + text.Length, to + text.Length);
            if (mark < 0) break;
            var lineBegins = to == 0 ? _lineBegins : IsLineEnd(bytes[to - 1]);
            from += Mark.Length;
            if (lineBegins) continue;
            Mark.CopyTo(bytes[to..]);
            to += Mark.Length;
        }

        return to;
    }

    private static int Held(ReadOnlySpan<byte> bytes) =>
        bytes.EndsWith(Mark[..2]) ? 2 : bytes.EndsWith(Mark[..1]) ? 1 : 0;

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';

    private int Give(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _ready.Length);
        _ready.Span[..length].CopyTo(buffer);
        _ready = _ready[length..];
        return length;
    }
}
