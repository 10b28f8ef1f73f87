using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Jobs.Aws.Runs;
using Jobs.Core.Ports;
using Jobs.Emulator;

namespace Jobs.Local;

/// <summary>The running stack, with clients that reach it as anybody's would: through its port.</summary>
public sealed class Laptop : IAsyncDisposable
{
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly AmazonS3Client _s3;

    private Laptop(EmulatorHost host, TimeProvider clock)
    {
        Host = host;
        // Any key that the stack did not issue is the laptop's owner.
        var owner = new BasicAWSCredentials("local", "local");
        var url = host.Endpoint.ToString();
        _dynamo = new AmazonDynamoDBClient(owner, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = Region });
        _s3 = new AmazonS3Client(owner, new AmazonS3Config { ServiceURL = url, AuthenticationRegion = Region, ForcePathStyle = true });
        Runs = new DynamoRunStore(_dynamo, Output("RunsTable"), Output("ResultsTable"), clock);
    }

    internal EmulatorHost Host { get; }

    /// <summary>The Region everything is in.</summary>
    public static string Region => "us-east-1";

    public Uri Endpoint => Host.Endpoint;

    public Activity Activity => Host.Activity;

    public IRunStore Runs { get; }

    public IAmazonS3 S3 => _s3;

    public string Bucket => Output("Bucket");

    /// <summary>Starts the stack of a synthesized cloud assembly.</summary>
    /// <param name="port">Loopback port; 0 for any free one.</param>
    /// <param name="onActivity">Told of what happens from the first moment on; null for nobody.</param>
    /// <param name="onCall">Told of each call of an AWS API; null for nobody.</param>
    /// <exception cref="LocalException">The stack cannot run here; the message has the remedy.</exception>
    public static async Task<Laptop> StartAsync(
        Workspace workspace,
        string state,
        int port,
        TimeProvider clock,
        Action<ActivityEntry>? onActivity = null,
        Action<ApiCall>? onCall = null,
        CancellationToken cancellation = default)
    {
        var options = new EmulatorOptions
        {
            CloudAssembly = workspace.CloudAssembly,
            StateFolder = state,
            Port = port,
            Region = Region,
            TimeProvider = clock,
            Random = Chance(),
            OnActivity = onActivity,
            OnCall = onCall,
        };
        return new Laptop(await EmulatorHost.StartAsync(options, cancellation), clock);
    }

    /// <summary>A value the stack puts out.</summary>
    public string Output(string name) => Host.Outputs.TryGetValue(name, out var value)
        ? value
        : throw new LocalException($"The stack has no output '{name}' (it has: {string.Join(", ", Host.Outputs.Keys)}). Synthesize it from this checkout.");

    public async ValueTask DisposeAsync()
    {
        _dynamo.Dispose();
        _s3.Dispose();
        await Host.DisposeAsync();
    }

#pragma warning disable RS0030 // The one place where chance comes from: a new laptop, new ids.
    private static Random Chance() => new();
#pragma warning restore RS0030
}
