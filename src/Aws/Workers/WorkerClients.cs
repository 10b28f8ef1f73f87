using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;

namespace Jobs.Aws.Workers;

/// <summary>
/// The SDK clients of a worker. Region, credentials and endpoint come from the environment, as everywhere in AWS's
/// SDKs; patience is a worker's: a task that is already paid for waits out a throttle rather than fail.
/// </summary>
public static class WorkerClients
{
    private const int Retries = 5;

    public static IAmazonDynamoDB DynamoDb() =>
        new AmazonDynamoDBClient(
            new AmazonDynamoDBConfig { MaxErrorRetry = Retries, Timeout = TimeSpan.FromSeconds(10) });

    public static IAmazonSQS Sqs() =>
        new AmazonSQSClient(new AmazonSQSConfig { MaxErrorRetry = Retries, Timeout = TimeSpan.FromSeconds(10) });

    /// <summary>
    /// For receives: SQS answers one after 20 seconds when there is no message. They are repeated by who receives.
    /// </summary>
    public static IAmazonSQS SqsPolling() =>
        new AmazonSQSClient(new AmazonSQSConfig { MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(30) });

    public static IAmazonS3 S3() => new AmazonS3Client(new AmazonS3Config
    {
        MaxErrorRetry = Retries,
        ForcePathStyle = HasOwnEndpoint("AWS_ENDPOINT_URL_S3") || HasOwnEndpoint("AWS_ENDPOINT_URL"),
    });

    /// <summary>A host of one's own has no DNS name for each bucket, which S3 on AWS has.</summary>
    private static bool HasOwnEndpoint(string variable) =>
        Uri.TryCreate(Environment.GetEnvironmentVariable(variable), UriKind.Absolute, out var url)
        && !url.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase)
        && !url.Host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase);
}
