using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The four calls of the Lambda Runtime API, version 2018-06-01. A status other than success is the end of the process.
/// </summary>
internal sealed class RuntimeApi
{
    private const int LargestCause = 1024 * 1024 - 1;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpClient _http;
    private readonly string _base;

    public RuntimeApi(HttpClient http, string hostAndPort)
    {
        if (string.IsNullOrEmpty(hostAndPort))
            throw new InvalidOperationException(
                "AWS_LAMBDA_RUNTIME_API is not set: a Lambda function runs inside Lambda or an emulator of it.");
        _http = http;
        _base = $"http://{hostAndPort}/2018-06-01/runtime";
    }

    /// <summary>
    /// No proxy, no cookies, no redirects: each would cost start-up time and the API is on this machine.
    /// </summary>
    public static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    })
    {
        Timeout = TimeSpan.FromHours(12),
        DefaultRequestHeaders = { { "User-Agent", $"aws-lambda-dotnet/{Environment.Version}-stand-in" } },
    };

    public async Task<InvocationRequest> NextAsync(LogWriter log, ILambdaSerializer serializer, CancellationToken stop)
    {
        using var response = await _http.GetAsync($"{_base}/invocation/next", stop).ConfigureAwait(false);
        await RequireSuccessAsync(response, stop).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        return new InvocationRequest
        {
            InputStream = new MemoryStream(body, writable: false),
            LambdaContext = new LambdaContext(response.Headers, log, serializer),
        };
    }

    public async Task RespondAsync(string requestId, Stream output, CancellationToken stop)
    {
        using var content = new StreamContent(output ?? Stream.Null);
        content.Headers.ContentType = Json;
        await PostAsync($"{_base}/invocation/{requestId}/response", content, null, stop).ConfigureAwait(false);
    }

    public Task ReportErrorAsync(string requestId, Exception exception, CancellationToken stop) =>
        PostErrorAsync($"{_base}/invocation/{requestId}/error", exception, stop);

    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken stop) =>
        PostErrorAsync($"{_base}/init/error", exception, stop);

    private async Task PostErrorAsync(string url, Exception exception, CancellationToken stop)
    {
        using var content = new ByteArrayContent(ErrorDocument.Write(exception));
        content.Headers.ContentType = ErrorJson;
        await PostAsync(url, content, exception, stop).ConfigureAwait(false);
    }

    private async Task PostAsync(string url, HttpContent content, Exception exception, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        if (exception is not null)
        {
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
            var cause = ErrorDocument.WriteCause(exception);
            if (cause.Length <= LargestCause)
                request.Headers.TryAddWithoutValidation(
                    "Lambda-Runtime-Function-XRay-Error-Cause", Encoding.UTF8.GetString(cause));
        }
        using var response = await _http.SendAsync(request, stop).ConfigureAwait(false);
        await RequireSuccessAsync(response, stop).ConfigureAwait(false);
    }

    private static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode) return;
        var text = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        var what = response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => "the result is larger than the 6 MB that Lambda takes",
            HttpStatusCode.InternalServerError => "the sandbox is not in a state to go on",
            _ => "the call was refused",
        };
        throw new RuntimeApiClientException(
            $"The Lambda Runtime API answered {(int)response.StatusCode}: {what}. {text}",
            (int)response.StatusCode,
            text);
    }
}
