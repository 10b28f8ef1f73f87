using Amazon.CDK;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Jobs.Infra.Checks;
using Jobs.Infra.Ground;
using Jobs.Worker;

namespace Jobs.Infra.Synthesis;

/// <summary>
/// The sample jobs on AWS. Context: <c>stack</c>, its name (default <c>jobs</c>, and the beginning of every task
/// family); <c>adminEmails</c>, comma-separated addresses that are told of failures (default none); <c>baseImage</c>,
/// what the worker's image is built on (default: the one that its Dockerfile names).
/// </summary>
internal sealed class JobsStack : Stack
{
    public JobsStack(Construct scope, string id)
        : base(
            scope,
            id,
            new StackProps
            {
                Description = "Container jobs on Fargate, started by events.",
                AnalyticsReporting = false,
            })
    {
        var runner = new JobRunner(this, "Jobs", new JobRunnerProps { AdminEmails = AdminEmails(scope) });
        var worker = Path.Combine(AppContext.BaseDirectory, "assets", "worker");
        Node.AddValidation(new Validation(() => TestOnlyPackages.Check(this, worker)));
        var image = new DockerImageAsset(this, "WorkerImage", new DockerImageAssetProps
        {
            Directory = worker,
            Platform = AssetRuntime.Published.Docker,
            BuildArgs = BaseImage(scope),
        });
        runner.AddJobs(typeof(CsvImport).Assembly, new JobProps
        {
            Image = ContainerImage.FromDockerImageAsset(image),
            Architecture = AssetRuntime.Published.Fargate,
            ReadOnlyRoot = true,
        });
        AddOutputs(runner);
    }

    /// <param name="props">Its context has <c>jobs:deployTestOnlyPackages</c> = <c>i-know</c> for a stack that is never
    /// deployed.</param>
    public static App CreateApp(AppProps props)
    {
        var app = new App(props);
        _ = new JobsStack(app, app.Node.TryGetContext("stack") as string ?? "jobs");
        return app;
    }

    private static string[] AdminEmails(Construct scope) =>
        (scope.Node.TryGetContext("adminEmails") as string ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Part of the asset's hash: another base is another image, and the next deployment pushes it.</summary>
    private static Dictionary<string, string>? BaseImage(Construct scope) =>
        scope.Node.TryGetContext("baseImage") is string image
            ? new Dictionary<string, string> { ["BASE_IMAGE"] = image }
            : null;

    private void AddOutputs(JobRunner runner)
    {
        StackOutput.Add(
            this, "UploadCommand", $"aws s3 cp FILE s3://{runner.Bucket.BucketName}/PREFIX/", "Starts a job.");
        StackOutput.Add(
            this, "LogsCommand", $"aws logs tail {Names.LogGroup(StackName, "JOB")} --follow", "Follows a job's log.");
    }
}
