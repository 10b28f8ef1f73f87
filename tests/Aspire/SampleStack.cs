using Amazon.CDK;
using Jobs.Cdk.Assets;
using Jobs.Worker;

namespace Jobs.Tests.Aspire;

/// <summary>
/// The stack of the sample jobs, synthesized here: the app host would have it built, while other tests read what the
/// build has published.
/// </summary>
internal static class SampleStack
{
    /// <param name="app">Folder of the CDK app.</param>
    /// <param name="folder">Where the cloud assembly is written to.</param>
    public static void Synthesize(string app, string folder)
    {
        var assets = Path.Combine(app, "bin", "Debug", "net10.0", "assets");
        var cdk = JobsApp.Create(new AppProps
        {
            Outdir = folder,
            Context = new Dictionary<string, object> { [TestOnlyPackages.Context] = TestOnlyPackages.Consent },
        });
        var stack = new Stack(cdk, "jobs");
        var runner = new JobRunner(
            stack, "Jobs", new JobRunnerProps { FunctionsFolder = Path.Combine(assets, "functions") });
        runner.AddJobs(
            typeof(CsvImport).Assembly,
            new JobProps { Image = WorkerImage.FromFolder(stack, Path.Combine(assets, "worker")) });
        cdk.Synth();
    }
}
