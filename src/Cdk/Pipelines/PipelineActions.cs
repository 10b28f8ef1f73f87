using System.Text.Json;
using Amazon.CDK.AWS.CodePipeline;

namespace Jobs.Cdk.Pipelines;

/// <summary>Stages and actions in the form that CodePipeline has for them.
/// https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html</summary>
internal static class PipelineActions
{
    private const string Source = "Source";

    public static CfnPipeline.StageDeclarationProperty Stage(
        string name, params CfnPipeline.ActionDeclarationProperty[] actions) =>
        new() { Name = name, Actions = actions };

    /// <summary>
    /// When one of its actions fails, all of them are done again with what the last run had that succeeded here.
    /// https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
    /// </summary>
    public static CfnPipeline.StageDeclarationProperty RolledBack(
        string name, params CfnPipeline.ActionDeclarationProperty[] actions) => new()
        {
            Name = name,
            Actions = actions,
            OnFailure = new CfnPipeline.FailureConditionsProperty { Result = "ROLLBACK" },
        };

    public static CfnPipeline.ActionDeclarationProperty Checkout(JobsPipelineProps props) => new()
    {
        Name = Source,
        // What it puts out, others refer to by this.
        Namespace = Source,
        ActionTypeId = Type(Source, "CodeStarSourceConnection"),
        Configuration = new Dictionary<string, object>
        {
            ["ConnectionArn"] = props.ConnectionArn,
            ["FullRepositoryId"] = props.Repository,
            ["BranchName"] = props.Branch,
            ["OutputArtifactFormat"] = "CODE_ZIP",
        },
        OutputArtifacts = new[] { new CfnPipeline.OutputArtifactProperty { Name = Source } },
    };

    /// <param name="order">Actions of one order run side by side, 1 first.</param>
    /// <param name="category">Build or Test.</param>
    public static CfnPipeline.ActionDeclarationProperty Build(
        string name, int order, string category, BuildProject project, bool usesAssembly = false, string? output = null)
    {
        var configuration = new Dictionary<string, object>
        {
            ["ProjectName"] = project.ProjectName,
            ["EnvironmentVariables"] = JsonSerializer.Serialize(new[]
            {
                new Dictionary<string, string>
                {
                    ["name"] = BuildSteps.Commit,
                    ["value"] = $"#{{{Source}.CommitId}}",
                    ["type"] = "PLAINTEXT",
                },
            }),
        };
        if (usesAssembly) configuration["PrimarySource"] = Source;
        string[] inputs = usesAssembly ? [Source, BuildSteps.Assembly] : [Source];
        return new()
        {
            Name = name,
            RunOrder = order,
            ActionTypeId = Type(category, "CodeBuild"),
            Configuration = configuration,
            InputArtifacts = inputs.Select(input => new CfnPipeline.InputArtifactProperty { Name = input }).ToArray(),
            OutputArtifacts = output is null
                ? null
                : new[] { new CfnPipeline.OutputArtifactProperty { Name = output } },
        };
    }

    /// <param name="topic">ARN of the topic that asks; null for none.</param>
    public static CfnPipeline.ActionDeclarationProperty Approval(PipelineStage stage, string? topic)
    {
        var configuration = new Dictionary<string, object>
        {
            ["CustomData"] = $"Deploy commit #{{{Source}.CommitId}} to {stage.Name}, stack {stage.StackName}?",
        };
        if (topic is not null) configuration["NotificationArn"] = topic;
        return new() { Name = "Approve", ActionTypeId = Type("Approval", "Manual"), Configuration = configuration };
    }

    private static CfnPipeline.ActionTypeIdProperty Type(string category, string provider) =>
        new() { Category = category, Owner = "AWS", Provider = provider, Version = "1" };
}
