using System.Text.Json.Nodes;
using Amazon.Runtime;
using Lapstack.Chaos;

namespace Lapstack.Tests.Stacks;

/// <summary>An emulator of one template, in folders of its own that go with it.</summary>
internal sealed class EmulatedStack : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoSecrets = [];

    private readonly string _folder;

    private EmulatedStack(string folder, LapstackHost host)
    {
        _folder = folder;
        Host = host;
    }

    public LapstackHost Host { get; private set; }

    /// <summary>Holds the cloud assembly and the state.</summary>
    public string Folder => _folder;

    public string Url => Host.Endpoint.ToString();

    /// <summary>The laptop's owner, as any made-up key is.</summary>
    public static AWSCredentials Owner { get; } = new BasicAWSCredentials("anything", "anything");

    /// <param name="resources">The template's Resources, as JSON.</param>
    /// <param name="engine">The program of a container engine; null for processes.</param>
    /// <param name="state">A state to begin with; null for none.</param>
    /// <param name="seed">Different stacks of one test need different seeds to have different ids.</param>
    public static async Task<EmulatedStack> StartAsync(
        string resources, TimeProvider? clock = null, int seed = 1, string outputs = "{}", ChaosOptions? chaos = null,
        string? engine = null, string? state = null,
        IReadOnlyDictionary<string, string>? userSecrets = null)
    {
        var folder = Directory.CreateTempSubdirectory("emulated-").FullName;
        Write(folder, resources, outputs);
        if (state is not null) Copy(state, Path.Combine(folder, "state"));
        var options = Options(folder, clock, seed) with
        {
            Chaos = chaos ?? new(),
            ContainerEngine = engine,
            UserSecrets = userSecrets ?? NoSecrets,
        };
        return new EmulatedStack(folder, await LapstackHost.StartAsync(options));
    }

    /// <summary>Of a cloud assembly that is written already, in a folder that goes with the emulator.</summary>
    public static async Task<EmulatedStack> StartAsync(string folder, LapstackOptions options) =>
        new(folder, await LapstackHost.StartAsync(options));

    /// <summary>Stops the emulator and starts it again on the same state.</summary>
    public async Task RestartAsync(
        TimeProvider? clock = null, int seed = 2, IReadOnlyDictionary<string, string>? userSecrets = null)
    {
        await Host.DisposeAsync();
        Host = await LapstackHost.StartAsync(
            Options(_folder, clock, seed) with { UserSecrets = userSecrets ?? NoSecrets });
    }

    /// <summary>Credentials of a role of the stack.</summary>
    public AWSCredentials As(string roleLogicalId, string session = "test-session")
    {
        var arn = Host.Stack.Resources.Single(r => r.LogicalId == roleLogicalId).Attribute("Arn");
        var issued = Host.Credentials.Issue(arn, session, TimeSpan.FromHours(1));
        return new SessionAWSCredentials(issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
    }

    /// <summary>What has been reported so far of a service: what chaos has done, what IAM has denied.</summary>
    public async Task<IReadOnlyList<string>> ReportsAsync(string service = "Chaos")
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        var reports = new List<string>();
        try
        {
            await foreach (var entry in Host.Activity.ReadAsync(now.Token))
                if (entry.Service == service) reports.Add(entry.Message);
        }
        catch (OperationCanceledException)
        {
            // All that is kept has been read.
        }
        return reports;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Writes a cloud assembly of one stack named <c>test</c>.</summary>
    internal static void Write(
        string folder, string resources, string outputs = "{}", string parameters = "{}")
    {
        var template = new JsonObject
        {
            ["Parameters"] = JsonNode.Parse(parameters),
            ["Resources"] = JsonNode.Parse(resources),
            ["Outputs"] = JsonNode.Parse(outputs),
        };
        File.WriteAllText(Path.Combine(folder, "test.template.json"), template.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "manifest.json"), """
            {"version":"36.0.0","artifacts":{"test":{"type":"aws:cloudformation:stack","properties":{"templateFile":"test.template.json"}}}}
            """);
    }

    internal static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        // The mark of the emulator that has it is locked.
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != "in-use"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    internal static LapstackOptions Options(string folder, TimeProvider? clock = null, int seed = 1) => new()
    {
        CloudAssembly = folder,
        StateFolder = Path.Combine(folder, "state"),
        Port = 0,
        TimeProvider = clock ?? TimeProvider.System,
#pragma warning disable RS0030 // Seeded here, where it is made.
        Random = new Random(seed),
#pragma warning restore RS0030
    };
}
