using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Pipelines;

namespace Jobs;

/// <summary>
/// What GitHub's workflow of an app needs on AWS to deliver it: a repository for the images, and roles that GitHub's
/// identity provider may assume for this repository and no other, without keys that are stored. A role for the images,
/// <c>&lt;name&gt;-github-images</c>, one that shows a pull request's changes, <c>&lt;name&gt;-github-look</c>, and one
/// for each stage, <c>&lt;name&gt;-github-&lt;stage&gt;</c>, which its environment alone may assume. A stack of its own
/// has it.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
/// </summary>
/// <example><code>
/// _ = new GitHubPipeline(this, "GitHub", new GitHubPipelineProps
/// {
///     Name = "acme",
///     Repository = "acme/shop",
///     Stages = [new PipelineStage("development", "acme-dev"), new PipelineStage("production", "acme")],
/// });
/// </code></example>
public sealed class GitHubPipeline : Construct
{
    private const string Issuer = "token.actions.githubusercontent.com";
    private const string Audience = "sts.amazonaws.com";

    private readonly GitHubPipelineProps _props;

    /// <param name="scope">The stack, or a construct in it.</param>
    /// <param name="id">Different from its neighbours' ids, as of every construct.</param>
    /// <param name="props">What is delivered, and whereto.</param>
    public GitHubPipeline(Construct scope, string id, GitHubPipelineProps props)
        : base(scope, id)
    {
        _props = props;
        string[] errors = [.. PipelineRules.Check(props)];
        Node.AddValidation(new Validation(() => errors));
        if (errors.Length > 0) return;
        var provider = props.ProviderArn ?? new CfnOIDCProvider(this, "Provider", new CfnOIDCProviderProps
        {
            Url = $"https://{Issuer}",
            ClientIdList = [Audience],
        }).AttrArn;
        var permissions = new PipelinePermissions(Stack.Of(this), props);
        var images = new WorkerRepository(this, "Images", props);
        AddRole(provider, "images", $"ref:refs/heads/{props.Branch}", images.Push());
        AddRole(provider, "look", "pull_request", [permissions.Look()]);
        foreach (var stage in props.Stages)
        {
            AddRole(
                provider,
                stage.Name,
                $"environment:{stage.Name}",
                [permissions.Deploy(stage), permissions.Verify(stage), images.Keep()]);
        }
    }

    /// <param name="subject">Which job of the workflow: what GitHub says of it behind the repository.</param>
    private void AddRole(
        string provider, string name, string subject, IEnumerable<PolicyStatement> statements)
    {
        var role = new Role(this, $"{name}-role", new RoleProps
        {
            RoleName = $"{_props.Name}-github-{name}",
            Description = $"What GitHub may do for {_props.Repository}, {subject}",
            AssumedBy = new WebIdentityPrincipal(
                provider,
                new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object>
                    {
                        [$"{Issuer}:aud"] = Audience,
                        [$"{Issuer}:sub"] = $"repo:{_props.Repository}:{subject}",
                    },
                }),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Step"] = new(new PolicyDocumentProps { Statements = [.. statements] }),
            },
        });
        NagReason.Give(
            (CfnRole)role.Node.DefaultChild!, "AwsSolutions-IAM5", "* is the login to ECR, which names no resource.");
    }
}
