using System.Collections.Concurrent;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SQS;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Lapstack.Wire;
using Spectre.Console;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// One running stack for all tests of the collection: the synthesized template, on any free port, in a folder of its
/// own.
/// </summary>
public class RunningLaptop : IAsyncLifetime, IAsyncDisposable
{
    public RunningLaptop()
        : this(new LaptopSettings { State = Directory.CreateTempSubdirectory("jobs-e2e-").FullName })
    {
    }

    internal RunningLaptop(LaptopSettings settings) =>
        _settings = settings with { ContainerEngine = Engine ?? settings.ContainerEngine };

    /// <summary>
    /// JOBS_TEST_ENGINE: the engine in whose containers the tests' tasks run, which takes the workers' base image. Null
    /// for processes.
    /// </summary>
    internal static string? Engine => Environment.GetEnvironmentVariable("JOBS_TEST_ENGINE");

    /// <summary>
    /// Generous: the machine may be busy with other test projects. A test that works never waits for it.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const int HashLength = 8;

    private const int LastHops = 60;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private static readonly Lazy<Task<Workspace>> Synthesis = new(async () =>
    {
        var workspace = Workspace.Find();
        await new StackSynthesis(workspace, new Steps(AnsiConsole.Console, TimeProvider.System))
            .EnsureAsync(CancellationToken.None);
        return workspace;
    });

    /// <summary>What the rule that runs each minute sends.</summary>
    internal const string Tick = """{"version":"0","id":"1","detail-type":"Scheduled Event","source":"aws.events","account":"000000000000","time":"2026-01-05T08:00:00Z","region":"us-east-1","resources":[],"detail":{}}""";

    private readonly LaptopSettings _settings;

    private readonly ConcurrentQueue<ApiCall> _calls = new();

    /// <summary>Every call of an AWS API so far.</summary>
    internal IReadOnlyCollection<ApiCall> Calls => _calls;

    internal Laptop Laptop { get; private set; } = null!;

    internal AmazonSQSClient Queues { get; private set; } = null!;

    internal HttpClient Http { get; } = new();

    public async Task InitializeAsync()
    {
        var workspace = await SynthesizeAsync();
        var settings = _settings with { CloudAssembly = await CloudAssemblyAsync(), OnCall = _calls.Enqueue };
        Laptop = await Laptop.StartAsync(workspace, settings, TimeProvider.System);
        Queues = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = Laptop.Endpoint.ToString(), AuthenticationRegion = Laptop.Region });
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_settings.State!, recursive: true);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DisposeAsync();
    }

    /// <summary>Folder of the cloud assembly to run; null for the checkout's own stack.</summary>
    private protected virtual Task<string?> CloudAssemblyAsync() => Task.FromResult<string?>(null);

    /// <summary>Stops everything; what was stored stays.</summary>
    internal async Task StopAsync()
    {
        Http.Dispose();
        Queues?.Dispose();
        if (Laptop is not null) await Laptop.DisposeAsync();
    }

    /// <summary>Another laptop on what this one stored.</summary>
    internal RunningLaptop Restarted() => new(_settings);

    /// <summary>The checkout with its stack synthesized: once, for the first caller.</summary>
    internal static Task<Workspace> SynthesizeAsync() => Synthesis.Value;

    internal static string Sample(string file) => Path.Combine(Workspace.Find().Samples, file);

    /// <summary>Uploads and returns the run that the upload must make.</summary>
    internal async Task<RunId> UploadAsync(string job, string key, Stream content)
    {
        var put = await Laptop.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Laptop.Bucket,
                Key = key,
                InputStream = content,
            }, CancellationToken.None);
        return UploadIntake.Identify(job, new Upload(Laptop.Bucket, key) { VersionId = put.VersionId });
    }

    internal Task<RunId> UploadAsync(string job, string key, string content) =>
        UploadAsync(job, key, new MemoryStream(Encoding.UTF8.GetBytes(content)));

    /// <summary>The run once it is over and owes nothing.</summary>
    internal Task<RunReading> EndOfAsync(RunId id) => WaitAsync(
        $"the end of run {id}",
        async () =>
            await Laptop.Runs.ReadAsync(id,
                CancellationToken.None) is { Run: { IsOver: true, Owed.IsEmpty: true } } reading
                ? reading
                : null);

    /// <summary>The newest runs of a job.</summary>
    internal async Task<IReadOnlyList<RunReading>> HistoryAsync(string job)
    {
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = Laptop.Endpoint.ToString(), AuthenticationRegion = Laptop.Region });
        var history = new DynamoRunHistory(
            dynamo, Laptop.Output(OutputNames.RunsTable), Laptop.Output(OutputNames.ResultsTable));
        var page = await history.PageAsync([job], null, null, null, 100, CancellationToken.None);
        return await history.ReadAsync([.. page.Runs], CancellationToken.None);
    }

    /// <summary>
    /// Waits for a condition. Fails with what was awaited and the last hops when it does not come about.
    /// </summary>
    internal async Task<T> WaitAsync<T>(string what, Func<Task<T?>> condition, TimeSpan? patience = null)
        where T : class
    {
        var limit = patience ?? Patience;
        var clock = TimeProvider.System;
        for (var begin = clock.GetTimestamp(); clock.GetElapsedTime(begin) < limit; await Task.Delay(Poll, clock))
        {
            if (await condition() is { } found) return found;
        }

        throw new TimeoutException(
            $"Waited {limit.TotalSeconds} s for {what}. The last " +
            $"hops:\n{string.Join('\n', (await HopsAsync()).Where(IsTelling).TakeLast(LastHops))}");
    }

    // Tests tick many times while they wait.
    private static bool IsTelling(string hop) =>
        !hop.Contains("OnTick", StringComparison.Ordinal) || hop.Contains("failed", StringComparison.Ordinal);

    /// <summary>What has happened so far, a line a hop.</summary>
    internal async Task<IReadOnlyList<string>> HopsAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var hops = new List<string>();
        try
        {
            await foreach (var hop in Laptop.Activity.ReadAsync(now.Token)) hops.Add(
                $"{hop.At:HH:mm:ss.fff} {hop.Service} {hop.Message}");
        }
        catch (OperationCanceledException)
        {
            // All that is there has been read.
        }

        return hops;
    }

    /// <summary>
    /// Physical id of the resource with this construct path, which CDK ends with a hash: a queue's is its URL.
    /// </summary>
    internal string Resource(string path) =>
        Laptop.Host.Resources.Single(
            resource => resource.Key.Length == path.Length + HashLength
                && resource.Key.StartsWith(path, StringComparison.Ordinal)).Value;

    /// <summary>The minute's tick, now.</summary>
    internal async Task TickAsync()
    {
        using var answer = await TryTickAsync();
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The minute's tick, now; its function may fail.</summary>
    internal async Task<HttpResponseMessage> TryTickAsync()
    {
        var url = new Uri(Laptop.Endpoint, $"/2015-03-31/functions/{Laptop.Output(OutputNames.Tick)}/invocations");
        var answer = await Http.PostAsync(url, new StringContent(Tick, Encoding.UTF8, "application/json"));
        return answer.EnsureSuccessStatusCode();
    }

    /// <summary>The letters written so far whose text contains all of these.</summary>
    internal Task<IReadOnlyList<string>> MailAsync(params string[] containing) =>
        ToldAsync(_settings.State!, "*.eml", containing);

    /// <summary>What chat channels got so far whose text contains all of these.</summary>
    internal Task<IReadOnlyList<string>> ChatAsync(params string[] containing) =>
        ToldAsync(Path.Combine(_settings.State!, "chat"), "*.json", containing);

    private static async Task<IReadOnlyList<string>> ToldAsync(string folder, string files, string[] containing)
    {
        var letters = new List<string>();
        if (!Directory.Exists(folder)) return letters;
        foreach (var file in Directory.EnumerateFiles(folder, files, SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            if (containing.All(part => text.Contains(part, StringComparison.Ordinal))) letters.Add(text);
        }

        return letters;
    }
}
