using Amazon.CDK;

namespace Jobs.Tests.Infra;

/// <summary>Stacks called <c>jobs</c> that have a pipeline in place of jobs.</summary>
internal static class PipelineStack
{
    public const string Connection =
        "arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b2c3d-0000-0000-0000-000000000000";

    public static readonly JobsPipelineProps Props = new()
    {
        Name = "acme",
        Repository = "acme/shop",
        ConnectionArn = Connection,
        AdminEmails = ["ops@example.com"],
        Allowed = new Dictionary<string, string> { ["CVE-2026-1"] = "no zlib is used" },
        Stages =
        [
            new PipelineStage("development", "acme-dev"),
            new PipelineStage("production", "acme")
            {
                Account = "444455556666",
                Region = "eu-central-1",
                NeedsApproval = true,
                Context = new Dictionary<string, string> { ["adminEmails"] = "ops@example.com" },
            },
        ],
    };

    public static readonly GitHubPipelineProps GitHubProps = new()
    {
        Name = Props.Name,
        Repository = Props.Repository,
        Stages = Props.Stages,
    };

    private static readonly Lazy<Synthesis> LazyOnAws = new(() => Of(Props));

    private static readonly Lazy<Synthesis> LazyOnGitHub = new(() => Of(GitHubProps));

    public static Synthesis OnAws => LazyOnAws.Value;

    public static Synthesis OnGitHub => LazyOnGitHub.Value;

    public static Synthesis Of(JobsPipelineProps props) =>
        Synthesis.OfApp(app => _ = new JobsPipeline(new Stack(app, "jobs"), "Pipeline", props));

    public static Synthesis Of(GitHubPipelineProps props) =>
        Synthesis.OfApp(app => _ = new GitHubPipeline(new Stack(app, "jobs"), "GitHub", props));
}
