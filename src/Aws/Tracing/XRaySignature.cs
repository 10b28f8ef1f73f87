using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jobs.Aws.Tracing;

/// <summary>
/// Signs what goes to X-Ray's own OTLP endpoint, by the credentials of the environment, as Lambda gives them.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class XRaySignature(string host, string region, Func<string, string?> variables)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "xray";

    /// <summary>Null for an endpoint that is not X-Ray's, and asks for no signature.</summary>
    public static XRaySignature? Of(Uri endpoint)
    {
        var parts = endpoint.Host.Split('.');
        return parts is ["xray", _, "amazonaws", "com"] or ["xray", _, "amazonaws", "com", "cn"]
            ? new(endpoint.Host, parts[1], Environment.GetEnvironmentVariable)
            : null;
    }

    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (variables("AWS_ACCESS_KEY_ID") is not { Length: > 0 } key
            || variables("AWS_SECRET_ACCESS_KEY") is not { Length: > 0 } secret)
        {
            throw new InvalidOperationException("There are no credentials in the environment to sign it with.");
        }

        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{region}/{Service}/aws4_request";
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = host,
            ["x-amz-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
            ["x-amz-date"] = time,
        };
        if (variables("AWS_SESSION_TOKEN") is { Length: > 0 } token) headers["x-amz-security-token"] = token;
        var signed = string.Join(';', headers.Keys);
        var canonical = string.Join(
            '\n',
            [
                "POST", request.RequestUri!.AbsolutePath, "", .. headers.Select(one => $"{one.Key}:{one.Value}"), "",
                signed, headers["x-amz-content-sha256"],
            ]);
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hash(canonical)}";
        var signature = Convert.ToHexStringLower(Mac(KeyOf(secret, scope), toSign));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={key}/{scope}, SignedHeaders={signed}, Signature={signature}");
    }

    private static byte[] KeyOf(string secret, string scope) =>
        scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{secret}"), Mac);

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
