using System.Text;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Jobs.Aws.Alerts;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>A stack as its users reach it: through its port, which may not answer just now.</summary>
internal sealed class StackClients : IDisposable
{
    private static readonly AWSCredentials Owner = new BasicAWSCredentials("local", "local");

    private readonly Uri _endpoint;
    private readonly IReadOnlyDictionary<string, string> _outputs;
    private readonly HttpClient _http = new();
    private readonly AmazonDynamoDBClient _dynamo;

    private StackClients(Uri endpoint, IReadOnlyDictionary<string, string> outputs)
    {
        (_endpoint, _outputs) = (endpoint, outputs);
        var url = endpoint.ToString();
        _dynamo = new AmazonDynamoDBClient(
            Owner, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = Laptop.Region });
        S3 = new AmazonS3Client(
            Owner,
            new AmazonS3Config { ServiceURL = url, AuthenticationRegion = Laptop.Region, ForcePathStyle = true });
        Sqs = new AmazonSQSClient(
            Owner, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = Laptop.Region });
        Ecs = new AmazonECSClient(
            Owner, new AmazonECSConfig { ServiceURL = url, AuthenticationRegion = Laptop.Region });
        var (runs, results) = (Output(OutputNames.RunsTable), Output(OutputNames.ResultsTable));
        Runs = new DynamoRunStore(_dynamo, runs, results, TimeProvider.System);
        History = new DynamoRunHistory(_dynamo, runs, results);
        Causes = new DynamoAlertCauses(_dynamo, runs);
    }

    public AmazonS3Client S3 { get; }

    public AmazonSQSClient Sqs { get; }

    public AmazonECSClient Ecs { get; }

    public DynamoRunStore Runs { get; }

    public DynamoRunHistory History { get; }

    public DynamoAlertCauses Causes { get; }

    public string Bucket => Output(OutputNames.Bucket);

    public static async Task<StackClients> OfAsync(Uri endpoint)
    {
        using var formation = new AmazonCloudFormationClient(
            Owner,
            new AmazonCloudFormationConfig
            {
                ServiceURL = endpoint.ToString(),
                AuthenticationRegion = Laptop.Region,
            });
        var stacks = await formation.DescribeStacksAsync(new DescribeStacksRequest());
        return new StackClients(
            endpoint, stacks.Stacks.Single().Outputs.ToDictionary(one => one.OutputKey, one => one.OutputValue));
    }

    /// <summary>A value the stack puts out.</summary>
    public string Output(string name) => _outputs[name];

    /// <summary>The minute's tick, now; its function, and the laptop, may fail.</summary>
    public async Task TickAsync()
    {
        var url = new Uri(_endpoint, $"/2015-03-31/functions/{Output(OutputNames.Tick)}/invocations");
        using var content = new StringContent(RunningLaptop.Tick, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.PostAsync(url, content);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            // Another one comes.
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _dynamo.Dispose();
        S3.Dispose();
        Sqs.Dispose();
        Ecs.Dispose();
    }
}
