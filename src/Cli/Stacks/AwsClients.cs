using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SQS;

namespace Jobs.Cli.Stacks;

/// <summary>The SDK's clients, each made when it is first used: most commands need one or two.</summary>
internal sealed class AwsClients(Target target) : IDisposable
{
    private readonly List<IDisposable> _made = [];
    private IAmazonDynamoDB? _dynamo;
    private IAmazonSQS? _sqs;
    private IAmazonS3? _s3;
    private IAmazonCloudWatchLogs? _logs;
    private IAmazonCloudFormation? _formation;

    public Target Target => target;

    public IAmazonDynamoDB Dynamo => _dynamo ??= Keep(Make(
        // AWS's SDK would ask for the account's own endpoint, which costs a call; the Region's does as well.
        new AmazonDynamoDBConfig { AccountIdEndpointMode = AccountIdEndpointMode.DISABLED },
        config => new AmazonDynamoDBClient(config),
        (credentials, config) => new AmazonDynamoDBClient(credentials, config)));

    public IAmazonSQS Sqs => _sqs ??= Keep(Make(
        new AmazonSQSConfig(), config =>
            new AmazonSQSClient(config), (credentials, config) => new AmazonSQSClient(credentials, config)));

    // A host of one's own has no DNS name for each bucket, which S3 on AWS has.
    public IAmazonS3 S3 => _s3 ??= Keep(Make(
        new AmazonS3Config { ForcePathStyle = target.Endpoint is not null },
        config => new AmazonS3Client(config),
        (credentials, config) => new AmazonS3Client(credentials, config)));

    public IAmazonCloudWatchLogs Logs => _logs ??= Keep(Make(
        new AmazonCloudWatchLogsConfig(),
        config => new AmazonCloudWatchLogsClient(config),
        (credentials, config) => new AmazonCloudWatchLogsClient(credentials, config)));

    public IAmazonCloudFormation Formation => _formation ??= Keep(Make(
        new AmazonCloudFormationConfig(),
        config => new AmazonCloudFormationClient(config),
        (credentials, config) => new AmazonCloudFormationClient(credentials, config)));

    public IAmazonSecurityTokenService NewTokenService() => Make(
        new AmazonSecurityTokenServiceConfig(),
        config => new AmazonSecurityTokenServiceClient(config),
        (credentials, config) => new AmazonSecurityTokenServiceClient(credentials, config));

    public void Dispose()
    {
        foreach (var client in _made) client.Dispose();
    }

    private TClient Keep<TClient>(TClient client)
        where TClient : IDisposable
    {
        _made.Add(client);
        return client;
    }

    private TClient Make<TClient, TConfig>(
        TConfig config, Func<TConfig, TClient> withAny, Func<AWSCredentials, TConfig, TClient> with)
        where TConfig : ClientConfig
    {
        target.Configure(config);
        return target.Credentials is { } credentials ? with(credentials, config) : withAny(config);
    }
}
