namespace Jobs;

/// <summary>What GitHub's workflow of an app may do.</summary>
public sealed record GitHubPipelineProps : PipelineProps
{
    /// <summary>
    /// ARN of the account's identity provider for GitHub, of which an account has one. Default null: it is made.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
    /// </summary>
    public string? ProviderArn { get; init; }
}
