using Lapstack.Access;

namespace Lapstack.Wire;

/// <summary>
/// One AWS service: turns a request into an <see cref="Operation"/>. Wire authenticates the caller before, authorizes
/// every <see cref="Operation.Access"/> after, and only then executes. A service authorizes nothing itself.
/// </summary>
public interface IService
{
    /// <summary>
    /// The name in the SigV4 credential scope: <c>s3</c>, <c>dynamodb</c>, <c>sqs</c>, <c>monitoring</c>.
    /// </summary>
    string Name { get; }

    Protocol Protocol { get; }

    /// <summary>
    /// What stands before the dot in <c>X-Amz-Target</c>, for unsigned requests; null when the protocol has no target.
    /// </summary>
    string? TargetPrefix => null;

    /// <summary>What stands before the code in <c>__type</c>, such as <c>com.amazonaws.sqs#</c>.</summary>
    string ErrorPrefix => "";

    /// <summary>The namespace of this service's XML, null when it speaks JSON.</summary>
    string? XmlNamespace => null;

    /// <summary>Whether what is sent to it may hold secrets: <see cref="ApiCall.Body"/> is then empty.</summary>
    bool TakesSecrets => false;

    /// <summary>
    /// Whether an unsigned request without a target is for this service, by its path or form. S3 takes what no other
    /// service claims.
    /// </summary>
    bool Claims(WireRequest request) => false;

    /// <summary>
    /// Reads and validates the request. Changes nothing: the effect is in <see cref="Operation.Execute"/>.
    /// Throws <see cref="ServiceError"/> for bad input and <see cref="ServiceError.Unsupported"/> for an unknown
    /// operation.
    /// </summary>
    Task<Operation> ReadAsync(WireRequest request, CancellationToken cancellation);

    /// <summary>
    /// The error this service gives when the caller may not do this; services differ in code and status.
    /// </summary>
    ServiceError Denial(AccessRefusal refusal) => Protocol switch
    {
        Protocol.AwsJson10 or Protocol.AwsJson11 => new ServiceError("AccessDeniedException", refusal.Sentence),
        Protocol.RestJson => new ServiceError("AccessDeniedException", refusal.Sentence, 403),
        _ => new ServiceError("AccessDenied", refusal.Sentence, 403),
    };
}
