using Amazon.CDK;
using Constructs;

namespace Acme.Infra;

#if (onCodePipeline)
/// <summary>
/// The pipeline. Context: <c>repository</c>, the source on GitHub, and <c>connection</c>, the ARN of the connection to
/// it.
/// </summary>
#else
/// <summary>
/// What the workflow <c>.github/workflows/build.yml</c> needs on AWS. Context: <c>repository</c>, the source on GitHub.
/// </summary>
#endif
internal sealed class PipelineStack : Stack
{
    public PipelineStack(Construct scope, string id, string repository)
        : base(scope, id)
    {
#if (onCodePipeline)
        _ = new JobsPipeline(this, "Pipeline", new JobsPipelineProps
        {
            Name = "acme-stack",
            Repository = repository,
            ConnectionArn = Node.TryGetContext("connection") as string ?? "",
            Stages = Stages(),
        });
#else
        _ = new GitHubPipeline(this, "GitHub", new GitHubPipelineProps
        {
            Name = "acme-stack",
            Repository = repository,
            Stages = Stages(),
        });
#endif
    }

    private PipelineStage[] Stages()
    {
        var context = new Dictionary<string, string>
        {
            ["adminEmails"] = Node.TryGetContext("adminEmails") as string ?? "",
        };
        return
        [
            new("development", "acme-stack-dev") { Context = context },
            new("production", "acme-stack") { Context = context, NeedsApproval = true },
        ];
    }
}
