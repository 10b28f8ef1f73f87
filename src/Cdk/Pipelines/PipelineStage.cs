namespace Jobs;

/// <summary>One of the stacks that a pipeline deploys, in the order in which it does: the same app each time.</summary>
/// <param name="Name">
/// As people call it, such as production: 1 to 20 lower-case letters, digits and hyphens. GitHub's environment has this
/// name.
/// </param>
/// <param name="StackName">Of the stack, which the app gives it by the context <c>stack</c>.</param>
/// <example><code>
/// new PipelineStage("production", "acme") { NeedsApproval = true }
/// </code></example>
public sealed record PipelineStage(string Name, string StackName)
{
    /// <summary>
    /// The account, 12 digits, which must be bootstrapped to trust the pipeline's; the app gets it as the context
    /// <c>account</c>. Default null: the pipeline's.
    /// https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
    /// </summary>
    public string? Account { get; init; }

    /// <summary>The Region; the app gets it as the context <c>region</c>. Default null: the pipeline's.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// Whether a person agrees before it is deployed. On GitHub the environment's required reviewers say so. Default
    /// false.
    /// </summary>
    public bool NeedsApproval { get; init; }

    /// <summary>What else synthesis is told, such as <c>adminEmails</c>. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();
}
