using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>What a SigV4 signature says about itself, from the header or a presigned query.</summary>
/// <param name="Expires">How long a presigned request is good, zero when it does not say; null for others.</param>
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
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private static readonly string[] MarksOfVersion2 = ["AWSAccessKeyId", "Signature"];

    /// <summary>Parameters of which each says that the query is signed.</summary>
    private static readonly string[] QueryMarks =
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", .. MarksOfVersion2];

    public bool IsPresigned => Expires is not null;

    /// <summary>Null when it says no time, or none that there is.</summary>
    public DateTimeOffset? SignedAt => DateTimeOffset.TryParseExact(
        Timestamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    /// <summary>Null for an unsigned request, and for one of which <see cref="FaultOf"/> says what is wrong.</summary>
    public static SignatureScope? Read(HttpRequest request) => FromHeader(request) ?? FromQuery(request.Query);

    /// <summary>What is wrong with how the request is signed; null for nothing, and for an unsigned one.</summary>
    public static SignatureFault? FaultOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        var isPresigned = IsQuerySigned(request);
        if (header.Count == 0 && !isPresigned) return null;
        if (header.Count > 0 && isPresigned) return SignatureFault.Twice;
        if (header.Count > 1) return SignatureFault.Incomplete;
        var algorithm = isPresigned ? request.Query["X-Amz-Algorithm"].ToString() : header.ToString().Split(' ')[0];
        var isVersion2 = MarksOfVersion2.Any(request.Query.ContainsKey);
        if (isPresigned && algorithm.Length == 0 && !isVersion2) return SignatureFault.Incomplete;
        if (algorithm != Algorithm) return SignatureFault.Unsupported;
        return Read(request) is { } scope ? scope.Fault() : SignatureFault.Incomplete;
    }

    public static bool IsQuerySigned(HttpRequest request) => QueryMarks.Any(request.Query.ContainsKey);

    // A key that was not issued here is not verified, so its signature need not have a time; if it has, it must be one.
    private SignatureFault? Fault() =>
        SignedAt is null && (IsPresigned || Timestamp.Length > 0) ? SignatureFault.Date
        : Expires is { } expires && (expires <= TimeSpan.Zero || expires > Longest) ? SignatureFault.Expires
        : null;

    private static SignatureScope? FromHeader(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header]) return null;
        if (!header.StartsWith(Algorithm + ' ', StringComparison.Ordinal)) return null;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        const StringSplitOptions trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var part in header[Algorithm.Length..].Split(',', trimmed))
            if (part.Split('=', 2) is not [var name, var value] || !parts.TryAdd(name, value)) return null;
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
        var isNumber = int.TryParse(
            query["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return Create(
            query["X-Amz-Credential"],
            query["X-Amz-Date"].ToString(),
            query["X-Amz-SignedHeaders"],
            query["X-Amz-Signature"],
            token.Length > 0 ? token : null,
            TimeSpan.FromSeconds(isNumber ? seconds : 0));
    }

    private static SignatureScope? Create(
        string? credential, string timestamp, string? signedHeaders, string? signature, string? token,
            TimeSpan? expires) =>
        credential?.Split('/') is [{ Length: > 0 } key, var date, var region, var service, "aws4_request"]
            && signedHeaders is not null && signature is not null
            ? new(key, date, region, service, timestamp, signedHeaders.Split(';'), signature, token, expires)
            : null;
}
