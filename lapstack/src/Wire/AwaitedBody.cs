namespace Lapstack.Wire;

/// <summary>
/// A body that knows whether it was asked for. With <c>Expect: 100-continue</c> the client sends it only then, so
/// after an answer without, what follows on the connection is the body or the next request, and nothing tells which.
/// </summary>
internal sealed class AwaitedBody(Stream inner) : ForwardStream
{
    public bool WasAskedFor { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        WasAskedFor = true;
        return inner.ReadAsync(buffer, cancellationToken);
    }
}
