using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Functions;

/// <summary>
/// The first call through AWS's clients is a third of a cold start: types are loaded and methods compiled. It is made
/// in the INIT phase, beside the rest of it, and answered from memory: nothing leaves the process.
/// </summary>
internal static class WarmUp
{
    /// <summary>
    /// Begins in the background. Nothing waits for it, and a failure is left to the first real call to report.
    /// </summary>
    public static void Begin(AwsClients clients) => _ = Task.Run(async () =>
    {
        using var dynamo = clients.DynamoDB(new EmptyAnswers());
        await dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = nameof(WarmUp),
                Item = new() { ["key"] = new AttributeValue { S = "" } },
            });
        using var ecs = clients.EcsForLaunches(new EmptyAnswers());
        await ecs.RunTaskAsync(new RunTaskRequest { TaskDefinition = nameof(WarmUp) });
    });

    private sealed class EmptyAnswers : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler());

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        private sealed class Handler : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request, CancellationToken cancellationToken)
            {
                // an answer later than the call, as real ones are: what continues then is made ready too
                await Task.Yield();
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent("{}"),
                    RequestMessage = request,
                };
            }
        }
    }
}
