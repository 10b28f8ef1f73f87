using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Jobs.Apps;
using Jobs.Aws.Alerts;
using Jobs.Aws.Runs;
using Jobs.Aws.Tracing;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Runs;
using Lapstack;
using Lapstack.Ground;

namespace Jobs.Local.Ground;

/// <summary>The running stack, with clients that reach it as any program does: through its port.</summary>
public sealed class Laptop : IAsyncDisposable
{
    /// <summary>
    /// Milliseconds, as OpenTelemetry's own default: here a function that waits costs nothing, and on a machine at
    /// its limit a second is soon over.
    /// </summary>
    private const string OtlpTimeout = "10000";

    private readonly AmazonDynamoDBClient _dynamo;
    private readonly AmazonS3Client _s3;

    private Laptop(LapstackHost host, TimeProvider clock)
    {
        Host = host;
        // Any key that the stack did not issue is the laptop's owner.
        var owner = new BasicAWSCredentials("local", "local");
        var url = host.Endpoint.ToString();
        _dynamo = new AmazonDynamoDBClient(
            owner, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = Region });
        _s3 = new AmazonS3Client(
            owner, new AmazonS3Config { ServiceURL = url, AuthenticationRegion = Region, ForcePathStyle = true });
        AlertCauses = new DynamoAlertCauses(_dynamo, Output(OutputNames.RunsTable));
        Runs = new DynamoRunStore(_dynamo, Output(OutputNames.RunsTable), Output(OutputNames.ResultsTable), clock);
    }

    internal LapstackHost Host { get; }

    /// <summary>The Region everything is in.</summary>
    public static string Region => "us-east-1";

    /// <summary>The account everything is in, 12 digits.</summary>
    public static string Account => "000000000000";

    public Uri Endpoint => Host.Endpoint;

    public Activity Activity => Host.Activity;

    public IRunStore Runs { get; }

    public IAlertCauses AlertCauses { get; }

    public IAmazonS3 S3 => _s3;

    public string Bucket => Output(OutputNames.Bucket);

    /// <summary>What to type about this stack.</summary>
    internal CommandLines Lines => new(Host.Stack.Name);

    /// <summary>Starts the stack of a synthesized cloud assembly.</summary>
    /// <exception cref="AppException">The stack cannot run here; the message has the remedy.</exception>
    public static async Task<Laptop> StartAsync(
        Workspace workspace, LaptopSettings settings, TimeProvider clock, CancellationToken cancellation = default)
    {
        var options = OptionsOf(workspace, settings, clock);
        return new Laptop(await LapstackHost.StartAsync(options, cancellation), clock);
    }

    internal static LapstackOptions OptionsOf(Workspace workspace, LaptopSettings settings, TimeProvider clock) => new()
    {
        CloudAssembly = settings.CloudAssembly ?? workspace.CloudAssembly,
        StackName = settings.StackName,
        StateFolder = settings.State ?? workspace.State,
        Port = settings.Port,
        AccountId = Account,
        Region = Region,
        TimeProvider = new SteadyClock(clock),
        Random = Chance(),
        Chaos = settings.Chaos,
        ContainerEngine = settings.ContainerEngine,
        // In the place of the stack's own: what a laptop does is not told to where the deployed stack's traces go.
        Environment = new Dictionary<string, string>
        {
            [OtlpSettings.EndpointVariable] = settings.Otlp?.ToString() ?? "",
            [OtlpSettings.TracesEndpointVariable] = "",
            [OtlpSettings.TimeoutVariable] = OtlpTimeout,
        },
        Debugged = new(
            settings.Debugged, new Dictionary<string, string> { [EnvironmentNames.Debug] = "1" }),
        ScalingPeriod = settings.ScalingPeriod,
        UserSecrets = AppSecrets.Of(workspace.App),
        OnActivity = settings.OnActivity,
        OnCall = settings.OnCall,
    };

    /// <summary>A value the stack puts out.</summary>
    public string Output(string name) => Host.Outputs.TryGetValue(name, out var value)
        ? value
        : throw new AppException(
            $"Stack {Host.Stack.Name} has no output '{name}', which a JobRunner gives it (it has: " +
            $"{string.Join(", ", Host.Outputs.Keys)}). Add a JobRunner to it, or name the stack that has one: " +
            "--stack-name.");

    /// <summary>
    /// Asks for a sweep now, not with the first minute: it makes the jobs known to the command line, and takes up what
    /// an earlier laptop left.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var invocation = new HttpRequestMessage(
            HttpMethod.Post, new Uri(Endpoint, $"/2015-03-31/functions/{Output(OutputNames.Tick)}/invocations"))
        {
            Content = new StringContent("""{"detail-type":"Scheduled Event","source":"jobs.local","detail":{}}"""),
            Headers = { { "X-Amz-Invocation-Type", "Event" } },
        };
        using var answer = await http.SendAsync(invocation, cancellation);
        answer.EnsureSuccessStatusCode();
    }

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
