using System.Text.Json.Nodes;
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
    /// <param name="hasOwnJobs">False for a stack of the sample jobs alone.</param>
    /// <returns>Its template.</returns>
    public static JsonObject Synthesize(Workspace workspace, string folder, bool hasOwnJobs = true)
    {
        // This stack is never deployed: stand-ins for AWS's packages will do.
        var context = new Dictionary<string, object> { ["jobs:deployTestOnlyPackages"] = "i-know" };
        var app = JobsApp.Create(new AppProps { Outdir = folder, Context = context });
        var assets = Path.Combine(workspace.Root, "infra-cdk", "bin", "Debug", "net10.0", "assets");
        Add(new Stack(app, StackName), assets, hasOwnJobs);
        app.Synth();
        return JsonNode.Parse(File.ReadAllText(Directory.GetFiles(folder, "*.template.json").Single()))!.AsObject();
    }

    /// <param name="assets">What the stack's build has published: the functions and the sample jobs.</param>
    private static void Add(Stack stack, string assets, bool hasOwnJobs)
    {
        var runner = new JobRunner(stack, "Jobs", new JobRunnerProps
        {
            AdminEmails = ["admin@example.com"],
            FunctionsFolder = Path.Combine(assets, "functions"),
        });
        var samples = WorkerImage.FromFolder(stack, Path.Combine(assets, "worker"));
        runner.AddJobs(typeof(PhotoCatalog).Assembly, new JobProps { Image = samples });
        if (!hasOwnJobs) return;
        var own = Path.Combine(AppContext.BaseDirectory, "assets", "worker");
        runner.AddJobs(typeof(Parent).Assembly, new JobProps { Image = WorkerImage.FromFolder(stack, own) });
    }
}
