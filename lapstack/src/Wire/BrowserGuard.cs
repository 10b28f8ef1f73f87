using System.Net;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>
/// Keeps web pages of elsewhere away from the port, where any key is the owner's. A page reaches it by a name of its
/// own that resolves to this machine (DNS rebinding), or by a request to another origin; a browser tells either.
/// </summary>
internal static class BrowserGuard
{
    /// <summary>Names under which a client finds this machine, also with a bucket's name before.</summary>
    private static readonly string[] OwnNames = ["localhost", "localhost.localstack.cloud"];

    /// <summary>
    /// AWS's own names, which a proxy or a hosts file may send here, and no page can have resolve to us.
    /// </summary>
    private const string AwsNames = ".amazonaws.com";

    /// <summary>Why the request may not come in; null when it may.</summary>
    public static string? Refusal(HttpRequest request)
    {
        var host = request.Host.Host;
        // A request of HTTP 1.0 may name no host; no browser sends one.
        if (host.Length > 0 && !IsThisMachine(host) && !host.EndsWith(AwsNames, StringComparison.OrdinalIgnoreCase))
            return $"The local emulator does not answer as '{host}'. Use 127.0.0.1, localhost or BUCKET.localhost.";
        return PageOf(request) is { } page && !IsOfThisMachine(page)
            ? $"The local emulator takes no requests of web pages of elsewhere: this one is of '{page}'. "
                + "Serve the page from localhost."
            : null;
    }

    /// <summary>
    /// The page that a browser sends this for; null for what is no browser, and for an address typed in.
    /// </summary>
    private static string? PageOf(HttpRequest request)
    {
        if (request.Headers.Origin is { Count: > 0 } origin) return origin.ToString();
        if (request.Headers["Sec-Fetch-Site"] != "cross-site") return null;
        return request.Headers.Referer is { Count: > 0 } referer ? referer.ToString() : "another site";
    }

    private static bool IsOfThisMachine(string page) =>
        Uri.TryCreate(page, UriKind.Absolute, out var address) && IsThisMachine(address.Host);

    private static bool IsThisMachine(string host) =>
        IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address)
        : OwnNames.Any(own => ("." + host).EndsWith("." + own, StringComparison.OrdinalIgnoreCase));
}
