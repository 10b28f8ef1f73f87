using Amazon.CDK;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.ECS;
using Jobs.Bench.CostWorker;
using Jobs.Local.Ground;
using Jobs.Worker;

namespace Jobs.Bench.Cost;

/// <summary>A stack of the product's own constructs: the sample jobs, and those of the bench.</summary>
internal static class CostStack
{
    private const string StackName = "jobs";

    /// <param name="folder">Where the cloud assembly is written.</param>
    public static void Synthesize(Workspace workspace, string folder)
    {
        // This stack is never deployed: stand-ins for AWS's packages will do.
        var context = new Dictionary<string, object> { ["jobs:deployTestOnlyPackages"] = "i-know" };
        var app = new App(new AppProps { Outdir = folder, Context = context });
        Add(new Stack(app, StackName), Path.Combine(workspace.Root, "infra-cdk", "bin", "Debug", "net10.0", "assets"));
        app.Synth();
    }

    /// <param name="assets">What the stack's build has published: the functions and the sample jobs.</param>
    private static void Add(Stack stack, string assets)
    {
        var runner = new JobRunner(stack, "Jobs", new JobRunnerProps
        {
            AdminEmails = ["admin@example.com"],
            FunctionsFolder = Path.Combine(assets, "functions"),
        });
        var own = Path.Combine(AppContext.BaseDirectory, "assets", "worker");
        var samples = Image(stack, "Samples", Path.Combine(assets, "worker"));
        runner.AddJobs(typeof(PhotoCatalog).Assembly, new JobProps { Image = samples });
        runner.AddJobs(typeof(Parent).Assembly, new JobProps { Image = Image(stack, "Own", own) });
    }

    private static ContainerImage Image(Stack stack, string id, string folder)
    {
        var props = new DockerImageAssetProps { Directory = folder, Platform = Platform_.LINUX_AMD64 };
        return ContainerImage.FromDockerImageAsset(new DockerImageAsset(stack, id, props));
    }
}
