using Amazon.Runtime.Internal;

namespace Amazon.Runtime.StandIn;

/// <summary>What the JSON operations of one service have in common on the wire.</summary>
internal sealed class JsonProtocol
{
    public string ServiceNamespace { get; init; }

    /// <summary>Before the operation in <c>X-Amz-Target</c>.</summary>
    public string TargetPrefix { get; init; }

    public string ContentType { get; init; }

    public string ApiVersion { get; init; }

    public ExceptionFactory CreateException { get; init; }
}

/// <param name="operation">The operation that failed: a code that it does not declare becomes the service's base exception.</param>
/// <param name="code">The error's type on the wire, without namespace.</param>
/// <param name="error">What the exception carries.</param>
/// <param name="body">The whole error document.</param>
internal delegate AmazonServiceException ExceptionFactory(string operation, string code, ErrorResponse error, ReadOnlySpan<byte> body);
