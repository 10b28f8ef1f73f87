using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>
/// A path on the emulator's port that is not an AWS API and is not signed: the Lambda runtime API, the task metadata
/// and credentials endpoints.
/// </summary>
public interface IRoute
{
    /// <summary>Starts with <c>/_</c>, which no bucket name can, and ends with <c>/</c>: <c>/_runtime/</c>.</summary>
    string Prefix { get; }

    /// <summary>Answers the request; an exception becomes 500.</summary>
    Task HandleAsync(HttpContext context);
}
