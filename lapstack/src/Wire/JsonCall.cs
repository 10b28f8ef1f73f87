using System.Text.Json.Nodes;
using Lapstack.Access;

namespace Lapstack.Wire;

/// <summary>One call of an AWS JSON operation.</summary>
public sealed record JsonCall(string Name, JsonObject Input, WireRequest Request, Protocol Protocol)
{
    /// <summary>The operation that answers with JSON.</summary>
    public Operation Answer(
        IReadOnlyList<AccessRequest> access, Func<CancellationToken, Task<JsonObject>> execute) => new(
        Name,
        access,
        async cancellation => WireResponse.Json(await execute(cancellation), ContentType));

    /// <summary>The operation that needs no waiting.</summary>
    public Operation Answer(AccessRequest access, Func<JsonObject> execute) =>
        Answer([access], _ => Task.FromResult(execute()));

    private string ContentType =>
        Protocol == Protocol.AwsJson10 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
}
