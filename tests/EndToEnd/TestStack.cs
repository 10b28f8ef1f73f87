using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.S3;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Checks;
using Jobs.Local.Ground;
using Jobs.Tests.EndToEndWorker;

namespace Jobs.Tests.EndToEnd;

/// <summary>A stack of the product's own constructs whose jobs fail when a test wants them to.</summary>
internal static class TestStack
{
    /// <summary>A bucket that exists already, which the stack calls raw.</summary>
    public const string RawBucket = "acme-raw-test";

    private const string StackName = "jobs";

    /// <summary>Instead of three minutes: how long a test waits for a message whose function was killed.</summary>
    private const int VisibilitySeconds = 15;

    private static readonly Lazy<Task<string>> Synthesis = new(SynthesizeOnceAsync);

    /// <summary>Folder of the cloud assembly: once, for the first caller.</summary>
    public static Task<string> SynthesizeAsync() => Synthesis.Value;

    private static async Task<string> SynthesizeOnceAsync()
    {
        // Afterwards the functions' folder is as the checkout's build left it, and no build follows.
        return Synthesize(FunctionsOf(await RunningLaptop.SynthesizeAsync()), FunctionRuntime.Managed);
    }

    /// <summary>Where the checkout's build put the functions.</summary>
    public static string FunctionsOf(Workspace workspace) =>
        Path.Combine(workspace.Root, "infra-cdk", "bin", "Debug", "net10.0", "assets", "functions");

    /// <param name="functions">Folder with the published functions.</param>
    /// <param name="change">What of a job is other than its class declares.</param>
    /// <returns>Folder of the cloud assembly.</returns>
    public static string Synthesize(
        string functions, FunctionRuntime runtime, Func<JobDefinition, JobDefinition>? change = null)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, $"cloud-assembly-{runtime}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var app = JobsApp.Create(new AppProps
        {
            Outdir = folder,
            Context = new Dictionary<string, object> { [TestOnlyPackages.Context] = TestOnlyPackages.Consent },
        });
        Add(new Stack(app, StackName), functions, runtime, change ?? (job => job));
        app.Synth();
        Hurry(Path.Combine(folder, $"{StackName}.template.json"));
        return folder;
    }

    private static void Add(
        Stack stack, string functions, FunctionRuntime runtime, Func<JobDefinition, JobDefinition> change)
    {
        var runner = new JobRunner(stack, "Jobs", new JobRunnerProps
        {
            AdminEmails = ["admin@example.com"],
            SlackChannels = [new SlackChannel("T0123ABCD", "C0123ABCD")],
            Canary = true,
            Buckets = new Dictionary<string, IBucket> { ["raw"] = Bucket.FromBucketName(stack, "Raw", RawBucket) },
            FunctionsFolder = functions,
            FunctionRuntime = runtime,
        });
        var image = WorkerImage.FromFolder(stack, Path.Combine(AppContext.BaseDirectory, "assets", "worker"));
        foreach (var job in JobDefinitions.FromAssembly(typeof(Slow).Assembly))
        {
            runner.AddJob(change(job), new JobProps { Image = image });
        }

        // No laptop without a container engine can run it.
        runner.AddJob(
            new JobDefinition("foreign") { HasHost = false, Uploads = [new UploadTrigger("foreign/")] },
            new JobProps { Image = ContainerImage.FromRegistry("example.com/etl:1") });
    }

    private static void Hurry(string file)
    {
        var template = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var (_, resource) in template["Resources"]!.AsObject())
        {
            var (type, properties) = (resource!["Type"]!.GetValue<string>(), resource["Properties"]);
            if (type == "AWS::SQS::Queue" && properties?["VisibilityTimeout"] is not null)
            {
                properties["VisibilityTimeout"] = VisibilitySeconds;
            }

            // A new service begins with one task. Here it begins as it is when it has long had nothing to do.
            if (type == "AWS::ECS::Service") properties!["DesiredCount"] = 0;
        }

        File.WriteAllText(file, template.ToJsonString());
    }
}
