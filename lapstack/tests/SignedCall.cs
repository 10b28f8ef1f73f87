using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests;

/// <summary>A call in any protocol, signed as SigV4 says: for operations no client here can make.</summary>
internal static class SignedCall
{
    private const string Date = "20260105";

    private static readonly HttpClient Http = new();

    /// <summary>The Query protocol.</summary>
    /// <param name="service">As in a signature's scope: <c>cloudformation</c>.</param>
    /// <param name="form">Such as <c>Action=ListStacks</c>.</param>
    public static Task<Answer> FormAsync(
        this EmulatedStack stack, string service, string form, AWSCredentials? caller = null) =>
        stack.SendAsync(
            service,
            new HttpRequestMessage(HttpMethod.Post, stack.Url)
            {
                Content = Body(form, "application/x-www-form-urlencoded"),
            },
            caller);

    /// <summary>AWS JSON.</summary>
    /// <param name="target">As in the X-Amz-Target header: <c>AmazonSQS.PurgeQueue</c>.</param>
    public static Task<Answer> JsonAsync(
        this EmulatedStack stack, string service, string target, string input, AWSCredentials? caller = null) =>
        stack.SendAsync(
            service,
            new HttpRequestMessage(HttpMethod.Post, stack.Url)
            {
                Content = Body(input, "application/x-amz-json-1.0"),
                Headers = { { "X-Amz-Target", target } },
            },
            caller);

    /// <summary>REST, with JSON or none as its body.</summary>
    public static Task<Answer> RestAsync(
        this EmulatedStack stack, string service, HttpMethod method, string path, string? input = null,
            AWSCredentials? caller = null) =>
        stack.SendAsync(
            service, new HttpRequestMessage(method, new Uri(stack.Host.Endpoint, path))
            {
                Content = input is null ? null : Body(input, "application/json"),
            }, caller);

    /// <param name="caller">Null for the laptop's owner.</param>
    public static async Task<Answer> SendAsync(
        this EmulatedStack stack, string service, HttpRequestMessage request, AWSCredentials? caller = null)
    {
        using (request)
        {
            await SignAsync(request, service, (caller ?? EmulatedStack.Owner).GetCredentials());
            using var response = await Http.SendAsync(request);
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
        }
    }

    private static async Task SignAsync(HttpRequestMessage request, string service, ImmutableCredentials caller)
    {
        var hash = Sha256(request.Content is { } content ? await content.ReadAsByteArrayAsync() : []);
        request.Headers.Host = request.RequestUri!.Authority;
        request.Headers.Add("x-amz-content-sha256", hash);
        request.Headers.Add("x-amz-date", $"{Date}T080000Z");
        if (caller.Token is { Length: > 0 } token) request.Headers.Add("x-amz-security-token", token);
        string[] signed = ["host", .. request.Headers.Select(header => header.Key.ToLowerInvariant())
            .Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        var path = request.RequestUri.AbsolutePath;
        var canonical = string.Join(
            '\n',
            request.Method.Method,
            service == "s3" ? path : string.Join('/', path.Split('/').Select(Uri.EscapeDataString)),
            string.Join('&', request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
                    .Order(StringComparer.Ordinal)),
            string.Concat(signed.Select(name => $"{name}:{string.Join(',', request.Headers.GetValues(name))}\n")),
            string.Join(';', signed),
            hash);
        var scope = $"{Date}/us-east-1/{service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{Date}T080000Z\n{scope}\n{Sha256(Encoding.UTF8.GetBytes(canonical))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + caller.SecretKey);
        foreach (var part in (string[])[.. scope.Split('/'), toSign])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={caller.AccessKey}/{scope}, SignedHeaders={string.Join(';', signed)}, " +
            $"Signature={Convert.ToHexStringLower(key)}");
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static StringContent Body(string text, string type) =>
        new(text, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        /// <summary>The texts of all XML elements of this name, in order.</summary>
        public IReadOnlyList<string> Texts(string element) =>
            [.. XElement.Parse(Body)
                .DescendantsAndSelf()
                .Where(found => found.Name.LocalName == element)
                .Select(found => found.Value)];
    }
}
