using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Jobs.Aws;

/// <summary>
/// Signature Version 4, for the few services of which no SDK package is referenced. Paths are taken as they are: ours
/// have nothing to encode.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
public static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>
    /// Adds the time, the session's token and the signature to a request whose other headers are there.
    /// </summary>
    public static void Sign(
        HttpRequestMessage request,
        ReadOnlySpan<byte> body,
        ImmutableCredentials credentials,
        string region,
        string service,
        DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", time);
        if (credentials.UseToken) request.Headers.Add("X-Amz-Security-Token", credentials.Token);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var headers = SignedHeaders(request);
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join(
            '\n',
            [
                request.Method.Method, request.RequestUri!.AbsolutePath, Query(request.RequestUri),
                .. headers.Select(header => $"{header.Name}:{header.Value}"), "", names, Hex(SHA256.HashData(body))
            ]);
        var toSign = string.Join('\n', Algorithm, time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = new[] { time[..8], region, service, "aws4_request" }.Aggregate(
            Encoding.UTF8.GetBytes($"AWS4{credentials.SecretKey}"), Mac);
        var signature = Hex(Mac(key, toSign));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    /// <summary>The host, the content's type and all of AWS's own, by name.</summary>
    private static List<(string Name, string Value)> SignedHeaders(HttpRequestMessage request)
    {
        var sent = request.Headers.Concat(
            request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Where(
                header => header.Name == "content-type" || header.Name.StartsWith("x-amz-", StringComparison.Ordinal))
            .Append(("host", request.RequestUri!.Authority));
        return [.. sent.OrderBy(header => header.Item1, StringComparer.Ordinal)];
    }

    private static string Query(Uri url) =>
        string.Join('&', url.Query.TrimStart('?').Split('&').Order(StringComparer.Ordinal));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
