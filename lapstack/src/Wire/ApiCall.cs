namespace Lapstack.Wire;

/// <summary>One call of an AWS API.</summary>
/// <param name="Service">Signing name: <c>dynamodb</c>, <c>ecs</c>.</param>
/// <param name="Operation">Such as <c>PutItem</c>.</param>
/// <param name="CallerArn">The role's session, or the laptop's owner.</param>
/// <param name="Body">What was sent, in the service's protocol; empty for what is passed on as a stream, such as
/// objects, and for services that take secrets.</param>
public sealed record ApiCall(string Service, string Operation, string CallerArn, ReadOnlyMemory<byte> Body)
{
    /// <summary>What AWS's SDKs call it, however often they send it; null when it has no such name.</summary>
    public string? InvocationId { get; init; }
}
