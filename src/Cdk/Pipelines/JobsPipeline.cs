using Constructs;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Pipelines;

namespace Jobs;

/// <summary>
/// Delivers an app of jobs: its tests, its images, and one stage after the other, each deployed and verified. A stage
/// whose deployment or verification fails is rolled back to what last succeeded there. A stack of its own has it.
/// https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
/// </summary>
/// <example><code>
/// _ = new JobsPipeline(this, "Pipeline", new JobsPipelineProps
/// {
///     Name = "acme",
///     Repository = "acme/shop",
///     ConnectionArn = "arn:aws:codeconnections:eu-central-1:111122223333:connection/00000000-…",
///     Stages =
///     [
///         new PipelineStage("development", "acme-dev"),
///         new PipelineStage("production", "acme") { NeedsApproval = true },
///     ],
/// });
/// </code></example>
public sealed class JobsPipeline : Construct
{
    /// <param name="scope">The stack, or a construct in it.</param>
    /// <param name="id">Different from its neighbours' ids, as of every construct.</param>
    /// <param name="props">What is delivered, and whereto.</param>
    public JobsPipeline(Construct scope, string id, JobsPipelineProps props)
        : base(scope, id)
    {
        string[] errors = [.. PipelineRules.Check(props), .. PipelineRules.CheckOwn(props)];
        Node.AddValidation(new Validation(() => errors));
        if (errors.Length == 0) _ = new PipelineParts(this, props);
    }
}
