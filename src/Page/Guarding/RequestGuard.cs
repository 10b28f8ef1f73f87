using Microsoft.AspNetCore.Http;

namespace Jobs.Page.Guarding;

/// <summary>
/// Lets in the browser that has the token, and nothing else: no page of elsewhere, by whatever name it reaches this
/// machine (DNS rebinding) and whatever it sends here; no other user of this machine.
/// </summary>
internal sealed class RequestGuard(Token token, int port)
{
    private const string Query = "token";

    /// <summary>
    /// Nothing but the page's own two files is loaded, and no page may frame it. The referrer goes to the page itself
    /// alone; with none at all a browser would hide the origin of its forms, which is asked for here.
    /// </summary>
    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    private readonly string[] _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];

    /// <summary>A browser sends its cookies to every port of a host: each page has a name of its own.</summary>
    private readonly string _cookie = $"jobs-page-{port}";

    /// <summary>What the terminal prints.</summary>
    public Uri Address => new($"http://{_hosts[0]}/?{Query}={token.Value}");

    /// <summary>Handles what may not go on: a refusal, or the address that brings the token.</summary>
    /// <returns>Whether the request may go on.</returns>
    public async Task<bool> AdmitAsync(HttpContext context)
    {
        foreach (var (name, value) in Headers) context.Response.Headers[name] = value;
        var request = context.Request;
        if (Refusal(request) is { } refusal)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, refusal);
            return false;
        }

        if (token.Is(request.Cookies[_cookie])) return true;
        if (HttpMethods.IsGet(request.Method) && token.Is(request.Query[Query]))
        {
            context.Response.Cookies.Append(
                _cookie,
                token.Value,
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            // The address without the token: it is neither in the history nor copied with a link.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
            return false;
        }

        await RefuseAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "This page opens with the address that the terminal printed, token and all. Open that one in a new tab.");
        return false;
    }

    /// <summary>Why a request may not come in, whatever it knows; null when it may.</summary>
    private string? Refusal(HttpRequest request)
    {
        var host = request.Host.Value ?? "";
        if (!_hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return $"This page does not answer by the name '{host}'. Open {_hosts[0]}.";
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        return IsOfThisPage(request, host) ? null : "Only the page's own forms may change something.";
    }

    /// <summary>A browser says whose page sends a form, in either of two ways. What says neither is refused.</summary>
    private static bool IsOfThisPage(HttpRequest request, string host) =>
        request.Headers.Origin is { Count: > 0 } origin
            ? string.Equals(origin.ToString(), $"http://{host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"] == "same-origin";

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
