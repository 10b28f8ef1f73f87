using Lapstack.Access;

namespace Lapstack.Wire;

/// <summary>A request that has been read and validated, and not yet executed.</summary>
/// <param name="Name">AWS's name of the operation, such as <c>PutObject</c>.</param>
/// <param name="Access">
/// Everything the caller must be allowed to do for this call; empty only for calls that AWS allows every caller.
/// </param>
/// <param name="Execute">The effect. Runs only when every access was allowed.</param>
public sealed record Operation(
    string Name,
    IReadOnlyList<AccessRequest> Access,
    Func<CancellationToken, Task<WireResponse>> Execute);
