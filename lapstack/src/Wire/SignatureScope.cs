using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>What a SigV4 signature says about itself, from the header or a presigned query.</summary>
internal sealed record SignatureScope(
    string AccessKeyId,
    string Date,
    string Region,
    string Service,
    string Timestamp,
    IReadOnlyList<string> SignedHeaders,
    string Signature,
    string? SessionToken,
    TimeSpan? Expires)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public bool IsPresigned => Expires is not null;

    /// <summary>Null for an unsigned request, or one signed in a way that is not SigV4.</summary>
    public static SignatureScope? Read(HttpRequest request) => FromHeader(request) ?? FromQuery(request.Query);

    public DateTimeOffset? SignedAt =>
        DateTimeOffset.TryParseExact(Timestamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static SignatureScope? FromHeader(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Algorithm, StringComparison.Ordinal)) return null;
        var parts = header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var token = request.Headers["X-Amz-Security-Token"].ToString();
        return Create(
            parts.GetValueOrDefault("Credential"),
            request.Headers["X-Amz-Date"].ToString(),
            parts.GetValueOrDefault("SignedHeaders"),
            parts.GetValueOrDefault("Signature"),
            token.Length > 0 ? token : null,
            null);
    }

    private static SignatureScope? FromQuery(IQueryCollection query)
    {
        if (query["X-Amz-Algorithm"] != Algorithm) return null;
        var token = query["X-Amz-Security-Token"].ToString();
        return Create(
            query["X-Amz-Credential"],
            query["X-Amz-Date"].ToString(),
            query["X-Amz-SignedHeaders"],
            query["X-Amz-Signature"],
            token.Length > 0 ? token : null,
            TimeSpan.FromSeconds(int.TryParse(query["X-Amz-Expires"], out var seconds) ? seconds : 0));
    }

    private static SignatureScope? Create(string? credential, string timestamp, string? signedHeaders, string? signature, string? token, TimeSpan? expires) =>
        credential?.Split('/') is [.. var key, var date, var region, var service, "aws4_request"] && signature is not null
            ? new(string.Join('/', key), date, region, service, timestamp, (signedHeaders ?? "").Split(';'), signature, token, expires)
            : null;
}
