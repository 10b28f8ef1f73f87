using Amazon.CDK;
using Constructs;
using Jobs.Worker;

namespace Jobs.Infra;

/// <summary>
/// The sample jobs on AWS. Context: <c>stack</c>, its name (default <c>jobs</c>, and the beginning of every task
/// family); <c>adminEmails</c>, comma-separated addresses that are told of failures (default none); <c>canary</c>,
/// true for the canaries that <c>dotnet jobs verify</c> uses (default false); <c>baseImage</c>, what the worker's image
/// is built on (default: .NET's).
/// </summary>
internal sealed class JobsStack : Stack
{
    private JobsStack(Construct scope, string id)
        : base(
            scope,
            id,
            new StackProps
            {
                Description = "Container jobs on Fargate, started by events.",
                AnalyticsReporting = false,
            })
    {
        var runner = new JobRunner(this, "Jobs", new JobRunnerProps
        {
            AdminEmails = AdminEmails(scope),
            Canary = scope.Node.TryGetContext("canary") is true or "true",
        });
        runner.AddJobs(typeof(CsvImport).Assembly, new JobProps
        {
            // The app's build has published it; an app elsewhere has the project published: FromProject.
            Image = WorkerImage.FromFolder(this, Path.Combine(AppContext.BaseDirectory, "assets", "worker")),
            ReadOnlyRoot = true,
        });
    }

    public static JobsStack AddTo(App app) => new(app, app.Node.TryGetContext("stack") as string ?? "jobs");

    private static string[] AdminEmails(Construct scope) =>
        (scope.Node.TryGetContext("adminEmails") as string ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
