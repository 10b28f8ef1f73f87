using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Jobs.Tests.Unit.Aws;

/// <summary>
/// AWS's side of the wire: keeps each request and answers as told, in order; the last answer repeats.
/// </summary>
internal sealed class StubWire : HttpClientFactory
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("AKIDEXAMPLE", "secret");

    /// <summary>Operation, from X-Amz-Target, and body of every request so far.</summary>
    public List<(string Operation, string Body)> Requests { get; } = [];

    public JsonNode Json(int request = 0) => JsonNode.Parse(Requests[request].Body)!;

    public StubWire Answer(string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        _answers.Enqueue(
            _ =>
                Task.FromResult(
                    new HttpResponseMessage(status)
                    {
                        Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1"),
                    }));
        return this;
    }

    public StubWire AnswerError(string code, string message, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Answer(new JsonObject { ["__type"] = code, ["message"] = message }.ToJsonString(), status);

    /// <summary>No answer comes before the caller gives up.</summary>
    public StubWire Hang()
    {
        _answers.Enqueue(async cancellation =>
        {
            await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellation);
            throw new InvalidOperationException("The caller never gave up.");
        });
        return this;
    }

    /// <summary>The connection breaks.</summary>
    public StubWire Break()
    {
        _answers.Enqueue(_ => throw new HttpRequestException("Connection reset by peer"));
        return this;
    }

    public T Configure<T>(T config, TimeSpan? timeout = null)
        where T : ClientConfig
    {
        config.HttpClientFactory = this;
        config.ServiceURL = "http://stub.invalid";
        config.AuthenticationRegion = "eu-central-1";
        config.MaxErrorRetry = 0;
        config.Timeout = timeout ?? TimeSpan.FromSeconds(30);
        return config;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(this)) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    private sealed class Handler(StubWire wire) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var target = request.Headers.TryGetValues("X-Amz-Target", out var values)
                ? values.Single().Split('.')[^1]
                : "";
            wire.Requests.Add((target, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return await (wire._answers.Count > 1 ? wire._answers.Dequeue() : wire._answers.Peek())(cancellationToken);
        }
    }
}
