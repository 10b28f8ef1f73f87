using Amazon.CDK;
using Amazon.CDK.AWS.CodePipeline;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Pipelines;

/// <summary>What a pipeline is made of.</summary>
internal sealed class PipelineParts
{
    private const string BuildCategory = "Build";
    private const string TestCategory = "Test";

    private readonly Construct _scope;
    private readonly JobsPipelineProps _props;
    private readonly PipelinePermissions _permissions;
    private readonly Artifacts _artifacts;
    private readonly WorkerRepository _images;
    private readonly PipelineAlerts? _alerts;
    private readonly List<BuildProject> _projects = [];

    /// <param name="scope">The pipeline.</param>
    /// <param name="props">Of the pipeline, and valid.</param>
    public PipelineParts(Construct scope, JobsPipelineProps props)
    {
        (_scope, _props) = (scope, props);
        _permissions = new PipelinePermissions(Stack.Of(scope), props);
        _artifacts = new Artifacts(scope, "Artifacts", props.Name);
        _images = new WorkerRepository(scope, "Images", props);
        _alerts = props.AdminEmails.Count == 0
            ? null
            : new PipelineAlerts(scope, "Alerts", _artifacts, props.AdminEmails);
        CfnPipeline.StageDeclarationProperty[] stages = [.. Stages()];
        _ = new CfnPipeline(scope, "Pipeline", new CfnPipelineProps
        {
            Name = props.Name,
            PipelineType = "V2",
            // A newer commit takes the place of one that waits: one for an approval must not hold up the others.
            ExecutionMode = "SUPERSEDED",
            RoleArn = CreateRole().RoleArn,
            ArtifactStore = new CfnPipeline.ArtifactStoreProperty
            {
                Type = "S3",
                Location = _artifacts.BucketName,
                EncryptionKey = new CfnPipeline.EncryptionKeyProperty { Type = "KMS", Id = _artifacts.Key.KeyArn },
            },
            Stages = stages,
        });
    }

    private IEnumerable<CfnPipeline.StageDeclarationProperty> Stages()
    {
        yield return PipelineActions.Stage("Source", PipelineActions.Checkout(_props));
        yield return PipelineActions.Stage(
            "Build",
            PipelineActions.Build("Test", 1, TestCategory, TestProject()),
            PipelineActions.Build("Images", 2, BuildCategory, ImagesProject(), output: BuildSteps.Assembly));
        foreach (var stage in _props.Stages)
        {
            if (stage.NeedsApproval)
            {
                yield return PipelineActions.Stage(
                    $"approve-{stage.Name}", PipelineActions.Approval(stage, _alerts?.Topic.TopicArn));
            }

            yield return PipelineActions.RolledBack(
                stage.Name,
                PipelineActions.Build("Deploy", 1, BuildCategory, DeployProject(stage), usesAssembly: true),
                PipelineActions.Build("Verify", 2, TestCategory, VerifyProject(stage)));
        }
    }

    private BuildProject TestProject() => Add(
        "Test",
        new BuildWork("test", "Runs the tests", BuildSteps.Test(_props.TestFolder)) { ReportsTests = true });

    private BuildProject ImagesProject() => Add(
        "ImagesProject",
        new BuildWork("images", "Synthesizes, builds and pushes the images", BuildSteps.Images(_props))
        {
            UsesDocker = true,
            Variables = new Dictionary<string, string> { [BuildSteps.Repository] = _images.Uri },
            Permissions = [.. _images.Push()],
        });

    private BuildProject DeployProject(PipelineStage stage) => Add(
        $"Deploy-{stage.Name}",
        new BuildWork($"deploy-{stage.Name}", $"Deploys {stage.StackName}", BuildSteps.Deploy(stage))
        {
            Permissions = [_permissions.Deploy(stage), _images.Keep()],
        });

    private BuildProject VerifyProject(PipelineStage stage) => Add(
        $"Verify-{stage.Name}",
        new BuildWork($"verify-{stage.Name}", $"Verifies {stage.StackName}", BuildSteps.Verify(stage))
        {
            Variables = new Dictionary<string, string> { [BuildSteps.Verifier] = _permissions.Verifier(stage) },
            Permissions = [_permissions.Verify(stage)],
        });

    private BuildProject Add(string id, BuildWork work)
    {
        var project = new BuildProject(_scope, id, _artifacts, work);
        _projects.Add(project);
        return project;
    }

    private Role CreateRole()
    {
        var role = NewRole();
        NagReason.Give((CfnRole)role.Node.DefaultChild!, "AwsSolutions-IAM5", "All artifacts of the pipeline.");
        return role;
    }

    private Role NewRole() => new(_scope, "Role", new RoleProps
    {
        Description = $"Runs the pipeline {_props.Name}",
        AssumedBy = new ServicePrincipal("codepipeline.amazonaws.com"),
        InlinePolicies = new Dictionary<string, PolicyDocument>
        {
            ["Pipeline"] = new(new PolicyDocumentProps
            {
                Statements =
                [
                    .. _artifacts.Use(),
                    // With the prefix that the connection itself has.
                    Statements.Allow(
                        "UseConnection", [$"{ConnectionService}:UseConnection"], [_props.ConnectionArn]),
                    Statements.Allow(
                        "Build",
                        ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                        [.. _projects.Select(project => project.Arn)]),
                    .. _alerts is null ? Array.Empty<PolicyStatement>() : [_alerts.Publish()],
                ],
            }),
        },
    });

    private string ConnectionService =>
        _props.ConnectionArn.Contains(":codestar-connections:", StringComparison.Ordinal)
            ? "codestar-connections"
            : "codeconnections";
}
