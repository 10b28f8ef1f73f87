using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>
/// Signature version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static partial class SigV4
{
    /// <summary>Whether the signature was made with this secret over this request.</summary>
    /// <param name="payloadHash">The value of x-amz-content-sha256, or the body's hash.</param>
    public static bool Verify(
        SignatureScope scope, string secret, HttpRequest request, string rawPath, string payloadHash)
    {
        var canonical = string.Join(
            '\n',
            request.Method,
            // S3 signs the path as it is sent; every other service encodes it once more.
            scope.Service == "s3" ? rawPath : string.Join('/', rawPath.Split('/').Select(Uri.EscapeDataString)),
            CanonicalQuery(request.Query),
            string.Concat(scope.SignedHeaders.Select(h => $"{h}:{HeaderValue(request, h)}\n")),
            string.Join(';', scope.SignedHeaders),
            payloadHash);
        var toSign = string.Join(
            '\n',
            "AWS4-HMAC-SHA256",
            scope.Timestamp,
            $"{scope.Date}/{scope.Region}/{scope.Service}/aws4_request",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in new[] { scope.Date, scope.Region, scope.Service, "aws4_request", toSign })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)),
            Encoding.ASCII.GetBytes(scope.Signature));
    }

    private static string CanonicalQuery(IQueryCollection query) => string.Join('&',
        from parameter in query
        where parameter.Key != "X-Amz-Signature"
        from value in parameter.Value
        let pair = (Name: Uri.EscapeDataString(parameter.Key), Value: Uri.EscapeDataString(value ?? ""))
        orderby pair.Name + "=" + pair.Value
        select $"{pair.Name}={pair.Value}");

    private static string HeaderValue(HttpRequest request, string name) =>
        Spaces().Replace(string.Join(',', request.Headers[name].Select(v => v?.Trim())), " ");

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
