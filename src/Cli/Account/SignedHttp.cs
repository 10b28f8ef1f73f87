using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Jobs.Aws;

namespace Jobs.Cli.Account;

/// <summary>
/// Signed calls over HTTP. What AWS refuses is an <see cref="AmazonServiceException"/> with its code, as of an SDK's
/// client.
/// </summary>
internal sealed class SignedHttp(
    HttpMessageHandler handler, Func<Task<ImmutableCredentials>> credentials, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(handler) { Timeout = Patience };

    /// <param name="content">Null for none.</param>
    /// <param name="target">The operation of a JSON protocol, for the header X-Amz-Target; null for none.</param>
    /// <returns>The body.</returns>
    /// <exception cref="AmazonServiceException">AWS refused.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<string> SendAsync(
        HttpMethod method,
        string url,
        string service,
        string region,
        HttpContent? content,
        string? target,
        CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (target is not null) request.Headers.Add("X-Amz-Target", target);
        var body = content is null ? [] : await content.ReadAsByteArrayAsync(cancellation);
        var signer = await credentials();
        SigV4.Sign(request, body, signer, region, service, clock.GetUtcNow());
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode ? text : throw Refused(answer, text);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"{request.RequestUri!.Host} did not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static AmazonServiceException Refused(HttpResponseMessage answer, string body)
    {
        var (code, message) = FromJson(body) ?? FromXml(body) ?? (null, null);
        // REST services name the error in a header, with what the JSON protocols have in the body: Code:https://…
        if (answer.Headers.TryGetValues("x-amzn-ErrorType", out var types)) code = types.First();
        code = code?.Split(':')[0].Split('#')[^1]
            ?? ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new AmazonServiceException(
            message ?? $"{answer.RequestMessage!.RequestUri!.Host} answered {(int)answer.StatusCode}.",
            answer.StatusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender,
            code,
            "",
            answer.StatusCode);
    }

    private static (string? Code, string? Message)? FromJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root) return null;
            return (Text(root, "__type") ?? Text(root, "code"), Text(root, "message") ?? Text(root, "Message"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string member) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static (string? Code, string? Message)? FromXml(string body)
    {
        try
        {
            var elements = XElement.Parse(body).Descendants().ToList();
            return (
                elements.Find(element => element.Name.LocalName == "Code")?.Value,
                elements.Find(element => element.Name.LocalName == "Message")?.Value);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
