using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Jobs.Functions;

/// <summary>
/// Makes the AWS clients with what Lambda's environment already says, so that the SDK does not search for it.
/// </summary>
internal sealed class AwsClients(FunctionSettings settings)
{
    /// <summary>Short enough that a lost answer leaves time to record it as unknown.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(8);

    public AmazonDynamoDBClient DynamoDB(HttpClientFactory? http = null) =>
        new(Configure(new AmazonDynamoDBConfig { HttpClientFactory = http }));

    public AmazonECSClient Ecs() => new(Configure(new AmazonECSConfig()));

    /// <summary>
    /// For RunTask: one call, one answer. Were it sent again by the SDK after a lost answer, a refusal of the second
    /// would hide the task of the first. What fails is repeated by the sweep and the dispatcher, which know about that,
    /// and about the rate.
    /// </summary>
    public AmazonECSClient EcsForLaunches(HttpClientFactory? http = null) => new(Configure(new AmazonECSConfig
    {
        HttpClientFactory = http,
        MaxErrorRetry = 0,
        MaxStaleConnectionRetries = 0,
    }));

    public AmazonSimpleNotificationServiceClient Sns() => new(Configure(new AmazonSimpleNotificationServiceConfig()));

    public AmazonSQSClient Sqs() => new(Configure(new AmazonSQSConfig()));

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        config.Timeout = CallTimeout;
        // Else the SDK derives the region from an endpoint's URL, by two dozen regular expressions (10 ms of a cold
        // start).
        config.AuthenticationRegion = settings.Region;
        // Where Lambda puts the role's credentials; the SDK would look for profile files first. SnapStart has them
        // elsewhere.
        if (Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is { Length: > 0 })
        {
            config.DefaultAWSCredentials = new EnvironmentVariablesAWSCredentials();
        }

        return config;
    }
}
