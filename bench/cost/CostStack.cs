using Amazon.CDK;
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
        var app = JobsApp.Create(new AppProps { Outdir = folder, Context = context });
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
        var samples = WorkerImage.FromFolder(stack, Path.Combine(assets, "worker"));
        runner.AddJobs(typeof(PhotoCatalog).Assembly, new JobProps { Image = samples });
        runner.AddJobs(typeof(Parent).Assembly, new JobProps { Image = WorkerImage.FromFolder(stack, own) });
    }
}
