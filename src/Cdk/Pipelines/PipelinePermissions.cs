using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Jobs.Cdk.Ground;
using Jobs.Core;

namespace Jobs.Cdk.Pipelines;

/// <summary>What deploying and verifying a stage takes: to be CDK's roles there, or the stack's verifier.</summary>
internal sealed class PipelinePermissions(Stack stack, PipelineProps props)
{
    /// <summary>
    /// CDK's roles may do the rest; the role that CloudFormation deploys with is passed on by them.
    /// https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
    /// </summary>
    public PolicyStatement Deploy(PipelineStage stage) => Statements.Allow(
        "Deploy",
        ["sts:AssumeRole"],
        [BootstrapRole(stage, "deploy"), BootstrapRole(stage, "file-publishing"), BootstrapRole(stage, "lookup")]);

    /// <summary>Shows what would change.</summary>
    public PolicyStatement Look() => Statements.Allow(
        "Look", ["sts:AssumeRole"], [.. props.Stages.Select(stage => BootstrapRole(stage, "lookup")).Distinct()]);

    public PolicyStatement Verify(PipelineStage stage) =>
        Statements.Allow("Verify", ["sts:AssumeRole"], [Verifier(stage)]);

    /// <summary>ARN of the role that may verify a stage's stack.</summary>
    public string Verifier(PipelineStage stage) =>
        Role(stage, PipelineNames.Verifier(stage.StackName, RegionOf(stage)));

    public string RegionOf(PipelineStage stage) => stage.Region ?? stack.Region;

    private string BootstrapRole(PipelineStage stage, string purpose) =>
        Role(stage, $"cdk-{props.BootstrapQualifier}-{purpose}-role-{AccountOf(stage)}-{RegionOf(stage)}");

    private string Role(PipelineStage stage, string name) =>
        $"arn:{stack.Partition}:iam::{AccountOf(stage)}:role/{name}";

    private string AccountOf(PipelineStage stage) => stage.Account ?? stack.Account;
}
