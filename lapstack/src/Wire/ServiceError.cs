using System.Text.Json.Nodes;

namespace Lapstack.Wire;

/// <summary>
/// An error in AWS's sense: a code, a message for people, and an HTTP status. Wire renders it in the service's
/// protocol.
/// </summary>
/// <param name="code">The bare code, without a namespace: <c>QueueDoesNotExist</c>.</param>
/// <param name="status">The HTTP status; 400 to 499 blames the caller.</param>
#pragma warning disable CA1710 // AWS calls it an error, and so does every reader of an API reference.
public sealed class ServiceError(string code, string message, int status = 400) : Exception(message)
#pragma warning restore CA1710
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>The code of the old query protocol, sent as <c>x-amzn-query-error</c>; SQS only.</summary>
    public string? QueryCode { get; init; }

    /// <summary>
    /// Members of the error's shape beside code and message, such as <c>resourceIds</c> of ECS's ConflictException.
    /// </summary>
    public IReadOnlyDictionary<string, JsonNode> Members { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>An operation the emulator does not have. Never pass silently over one.</summary>
    public static ServiceError Unsupported(string service, string operation) => new(
        "NotImplemented",
        $"The local emulator does not implement {operation} of {service}. Use real AWS for it, or add it to " +
        "lapstack/src/Services.",
        501);
}
