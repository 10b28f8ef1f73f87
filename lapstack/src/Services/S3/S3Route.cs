using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>Where an operation is on the wire.</summary>
/// <param name="Subresource">The query parameter that selects it (<c>uploads</c>, <c>list-type</c>); null for
/// none.</param>
/// <param name="ReadAsync">Reads the request into an operation.</param>
/// <param name="Header">A header that selects it, such as x-amz-copy-source; null for none.</param>
internal sealed record S3Route(
    string Method,
    S3Level Level,
    string? Subresource,
    Func<S3Request, CancellationToken, Task<Operation>> ReadAsync,
    string? Header = null)
{
    public static S3Route For(
        string method, S3Level level, string? subresource, Func<S3Request, Operation> read, string? header = null) =>
        new(method, level, subresource, (request, _) => Task.FromResult(read(request)), header);
}
