using Amazon.Runtime.Internal;

namespace Amazon.Runtime.StandIn;

/// <summary>What the operations of one service have in common on the wire.</summary>
/// <param name="Target">Before the operation in <c>X-Amz-Target</c>; empty in the Query protocol.</param>
internal sealed record ServiceProtocol(
    string Namespace, string Version, string Target, ExceptionFactory CreateException);

/// <param name="operation">What failed: a code that it does not declare becomes the service's base exception.</param>
/// <param name="code">The error's type on the wire, without namespace.</param>
/// <param name="error">What the exception carries.</param>
/// <param name="body">The whole error document.</param>
internal delegate AmazonServiceException ExceptionFactory(
    string operation, string code, ErrorResponse error, ReadOnlySpan<byte> body);
