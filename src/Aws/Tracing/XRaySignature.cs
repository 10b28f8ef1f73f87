using System.Security.Cryptography;
using Amazon.Runtime;

namespace Jobs.Aws.Tracing;

/// <summary>
/// Signs what goes to X-Ray's own OTLP endpoint, by the credentials of the environment, as Lambda gives them.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
/// </summary>
internal sealed class XRaySignature(string region, Func<string, string?> variables)
{
    private const string Service = "xray";

    /// <summary>Null for an endpoint that is not X-Ray's, and asks for no signature.</summary>
    public static XRaySignature? Of(Uri endpoint)
    {
        var parts = endpoint.Host.Split('.');
        return parts is ["xray", _, "amazonaws", "com"] or ["xray", _, "amazonaws", "com", "cn"]
            ? new(parts[1], Environment.GetEnvironmentVariable)
            : null;
    }

    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (variables("AWS_ACCESS_KEY_ID") is not { Length: > 0 } key
            || variables("AWS_SECRET_ACCESS_KEY") is not { Length: > 0 } secret)
        {
            throw new InvalidOperationException("There are no credentials in the environment to sign it with.");
        }

        request.Headers.Add("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
        var credentials = new ImmutableCredentials(key, secret, variables("AWS_SESSION_TOKEN") ?? "");
        SigV4.Sign(request, body, credentials, region, Service, now);
    }
}
