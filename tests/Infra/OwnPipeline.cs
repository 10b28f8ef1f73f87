using Amazon.CDK;
using Constructs;

namespace Jobs.Tests.Infra;

/// <summary>A pipeline as its page tells people to write it.</summary>
internal sealed class OwnPipeline : Stack
{
    public OwnPipeline(Construct scope, string id)
        : base(scope, id)
    {
        _ = new JobsPipeline(this, "Pipeline", new JobsPipelineProps
        {
            Name = "acme",
            Repository = "acme/shop",
            ConnectionArn =
                "arn:aws:codeconnections:eu-central-1:111122223333:connection/0a1b2c3d-0000-0000-0000-000000000000",
            AdminEmails = ["ops@example.com"],
            Stages =
            [
                new PipelineStage("development", "acme-dev"),
                new PipelineStage("production", "acme") { NeedsApproval = true },
            ],
        });
        _ = new JobsPipeline(this, "Other", new JobsPipelineProps
        {
            Name = "other",
            Repository = "acme/other",
            ConnectionArn = PipelineStack.Connection,
            Allowed = new Dictionary<string, string> { ["CVE-2026-1234"] = "no TLS is spoken" },
            Stages = [new PipelineStage("production", "other")],
        });
    }
}
