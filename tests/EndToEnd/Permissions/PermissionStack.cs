using System.Collections.Concurrent;
using Amazon.CDK;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.ECS;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Checks;
using Jobs.Core.Definitions;
using Jobs.Local.Ground;
using Lapstack;
using Lapstack.Template;
using Lapstack.Wire;
using Stack = Amazon.CDK.Stack;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>
/// A running stack whose functions and jobs have all that there is: every port has something to call. It notes each
/// call and each refusal.
/// </summary>
public sealed class PermissionStack : IAsyncLifetime
{
    /// <summary>Submits, comes after another, reads, writes, lists.</summary>
    public const string Parent = "parent";

    /// <summary>Takes messages, and uploads as messages, as a service.</summary>
    public const string Drain = "drain";

    private readonly string _state = Directory.CreateTempSubdirectory("jobs-e2e-").FullName;
    private readonly ConcurrentQueue<string> _refusals = new();
    private readonly ConcurrentQueue<ApiCall> _calls = new();

    internal static IReadOnlyList<JobDefinition> Jobs { get; } =
    [
        new("part") { Events = [new EventTrigger("any") { Source = "com.example.any" }] },
        new(Parent)
        {
            Uploads = [new UploadTrigger("in/")],
            Reads = ["in/"],
            Writes = ["out/"],
            Lists = ["in/"],
            Submits = ["part"],
            Afters = [new AfterTrigger("part")],
        },
        new(Drain)
        {
            Queue = new QueueTrigger { Mode = QueueMode.Service },
            Uploads = [new UploadTrigger("shared/")],
            Reads = ["in/"],
            Writes = ["out/"],
            Submits = ["part"],
        },
    ];

    internal LapstackHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var workspace = Workspace.Find();
        Host = await LapstackHost.StartAsync(new LapstackOptions
        {
            CloudAssembly = Synthesize(
                Path.Combine(workspace.Root, "infra-cdk", "bin", "Debug", "net10.0", "assets", "functions")),
            StateFolder = _state,
            Port = 0,
            Region = Laptop.Region,
            TimeProvider = TimeProvider.System,
            Random = new Random(1),
            OnCall = _calls.Enqueue,
            OnActivity = entry =>
            {
                if (entry is { Service: "IAM", Kind: "AccessDenied" }) _refusals.Enqueue(entry.Message);
            },
        });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    /// <summary>The resource with this construct path, which CDK ends with a hash.</summary>
    internal StackResource Resource(string path) =>
        Host.Stack.Resources.Single(
            resource =>
                resource.LogicalId.Length == path.Length + 8
                    && resource.LogicalId.StartsWith(path, StringComparison.Ordinal));

    /// <summary>How many calls of the role AWS would have carried out.</summary>
    internal int CallsOf(string role) =>
        _calls.Count(call => call.CallerArn.Contains($"/{role}/", StringComparison.Ordinal));

    /// <summary>What was refused to the role, in AWS's words.</summary>
    internal IReadOnlyList<string> RefusalsTo(string role) =>
        [.. _refusals.Where(refusal => refusal.Contains($"/{role}/", StringComparison.Ordinal)).Distinct()];

    private static string Synthesize(string functions)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "permission-assembly");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var app = JobsApp.Create(new AppProps
        {
            Outdir = folder,
            Context = new Dictionary<string, object> { [TestOnlyPackages.Context] = TestOnlyPackages.Consent },
        });
        var stack = new Stack(app, "jobs");
        var image = WorkerImage.FromFolder(stack, Path.Combine(AppContext.BaseDirectory, "assets", "worker"));
        var runner = new JobRunner(stack, "Jobs", new JobRunnerProps { FunctionsFolder = functions, MaxVcpus = 4 });
        foreach (var job in Jobs) runner.AddJob(job, new JobProps { Image = image });
        app.Synth();
        return folder;
    }
}
