using System.Text.RegularExpressions;

namespace Jobs.Cdk.Pipelines;

/// <summary>What a pipeline must satisfy.</summary>
internal static partial class PipelineRules
{
    /// <summary>Of ECR's rules. https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html</summary>
    private const int MostKept = 1_000;

    public static IEnumerable<string> Check(PipelineProps props)
    {
        if (!Name().IsMatch(props.Name))
        {
            yield return "Name has 2 to 30 lower-case letters, digits and hyphens, and begins with a letter " +
                $"(declared: {props.Name}). Write it as acme.";
        }

        if (!Source().IsMatch(props.Repository))
        {
            yield return $"Repository is owner/name on GitHub (declared: {props.Repository}). Write it as acme/shop.";
        }

        if (props.KeptImages is < 1 or > MostKept || props.KeptDeployedImages is < 1 or > MostKept)
        {
            yield return "KeptImages and KeptDeployedImages are 1 to 1,000 (declared: " +
                $"{props.KeptImages} and {props.KeptDeployedImages}). Leave them out for 30.";
        }

        foreach (var error in CheckStages(props.Stages)) yield return error;
    }

    public static IEnumerable<string> CheckOwn(JobsPipelineProps props)
    {
        if (!Connection().IsMatch(props.ConnectionArn))
        {
            yield return $"ConnectionArn is the ARN of a connection (declared: {props.ConnectionArn}). Make one in the " +
                "console of CodePipeline, under Settings, and complete it there.";
        }

        foreach (var (id, _) in props.Allowed.Where(one => string.IsNullOrWhiteSpace(one.Value)))
        {
            yield return $"A finding is allowed for a reason (declared: {id}, without one). Say why it does no harm.";
        }
    }

    private static IEnumerable<string> CheckStages(IReadOnlyList<PipelineStage> stages)
    {
        if (stages.Count == 0)
        {
            yield return "A pipeline has a stage (declared: none). Add new PipelineStage(\"production\", \"acme\").";
        }

        foreach (var stage in stages.Where(stage => !StageName().IsMatch(stage.Name)))
        {
            yield return "A stage's name has 1 to 20 lower-case letters, digits and hyphens, and begins with a letter " +
                $"(declared: {stage.Name}). Write it as production.";
        }

        foreach (var same in stages.GroupBy(stage => stage.Name).Where(same => same.Count() > 1))
        {
            yield return $"Stages have names of their own (declared: {same.Count()} of the name {same.Key}). Rename one.";
        }

        foreach (var stage in stages.Where(stage => stage.Account is { } account && !Account().IsMatch(account)))
        {
            yield return $"An account has 12 digits (declared: {stage.Account}, of stage {stage.Name}). Write it as " +
                "\"111122223333\".";
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,29}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+\z")]
    private static partial Regex Source();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,19}\z")]
    private static partial Regex StageName();

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex Account();

    [GeneratedRegex(@"^arn:[a-z-]+:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection/[0-9a-f-]+\z")]
    private static partial Regex Connection();
}
