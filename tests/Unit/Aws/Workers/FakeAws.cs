using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;

namespace Jobs.Tests.Unit.Aws.Workers;

/// <summary>AWS's own clients on an HTTP handler of the test's, so that the bytes on the wire are real.</summary>
internal sealed class FakeAws(Func<FakeAws.Call, HttpResponseMessage> answer) : HttpMessageHandler
{
    private static readonly BasicAWSCredentials Credentials = new("AKIDEXAMPLE", "secret");

    public List<Call> Calls { get; } = [];

    public static HttpResponseMessage Answer(
        HttpStatusCode status, string body = "", string type = "application/x-amz-json-1.0")
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        response.Content.Headers.ContentType = new(type);
        return response;
    }

    public static HttpResponseMessage S3Error(HttpStatusCode status, string code) =>
        Answer(status, $"<Error><Code>{code}</Code><Message>{code}</Message></Error>", "application/xml");

    public IAmazonDynamoDB DynamoDb() => new AmazonDynamoDBClient(
        Credentials, new AmazonDynamoDBConfig
        {
            ServiceURL = "http://aws.test",
            AuthenticationRegion = "eu-west-1",
            MaxErrorRetry = 0,
            HttpClientFactory = new Factory(this),
        });

    public IAmazonS3 S3() => new AmazonS3Client(
        Credentials,
        new AmazonS3Config
        {
            ServiceURL = "http://aws.test",
            AuthenticationRegion = "eu-west-1",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            HttpClientFactory = new Factory(this),
        });

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        Calls.Add(new Call(request.Method.Method, request.RequestUri!.PathAndQuery, headers, body));
        return answer(Calls[^1]);
    }

    internal sealed record Call(string Method, string Path, Dictionary<string, string> Headers, byte[] Body);

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public override string GetConfigUniqueString(IClientConfig clientConfig) => string.Empty;
    }
}
