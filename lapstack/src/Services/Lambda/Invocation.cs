namespace Lapstack.Services.Lambda;

/// <summary>One event on its way through one execution environment.</summary>
/// <param name="RequestId">A UUID; the same for the retries of one asynchronous event.</param>
internal sealed record Invocation(string RequestId, ReadOnlyMemory<byte> Payload);
