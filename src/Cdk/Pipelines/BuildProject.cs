using Amazon.CDK;
using Amazon.CDK.AWS.CodeBuild;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Pipelines;

/// <summary>
/// A step of the pipeline in CodeBuild, with a role that may do what the step does and nothing else. CDK's own project
/// would be given more.
/// </summary>
internal sealed class BuildProject : Construct
{
    /// <summary>
    /// Amazon Linux 2023 with .NET 10 and Node.js 24.
    /// https://docs.aws.amazon.com/codebuild/latest/userguide/available-runtimes.html
    /// </summary>
    private const string Image = "aws/codebuild/amazonlinux-x86_64-standard:6.0";

    private readonly CfnProject _project;

    public BuildProject(Construct scope, string id, Artifacts artifacts, BuildWork work)
        : base(scope, id)
    {
        // Known before the project is there, because the role and the log have it.
        var name = $"{artifacts.Name}-{work.Name}";
        var log = new LogGroup(this, "Log", new LogGroupProps
        {
            LogGroupName = $"/aws/codebuild/{name}",
            Retention = RetentionDays.ONE_MONTH,
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        _project = new CfnProject(this, "Project", new CfnProjectProps
        {
            Name = name,
            Description = work.Description,
            ServiceRole = CreateRole(artifacts, work, name, log).RoleArn,
            Source = new CfnProject.SourceProperty { Type = "CODEPIPELINE", BuildSpec = work.Steps },
            Artifacts = new CfnProject.ArtifactsProperty { Type = "CODEPIPELINE" },
            EncryptionKey = artifacts.Key.KeyArn,
            TimeoutInMinutes = 60,
            Cache = new CfnProject.ProjectCacheProperty { Type = "LOCAL", Modes = ["LOCAL_CUSTOM_CACHE"] },
            LogsConfig = new CfnProject.LogsConfigProperty
            {
                CloudWatchLogs = new CfnProject.CloudWatchLogsConfigProperty
                {
                    Status = "ENABLED",
                    GroupName = log.LogGroupName,
                },
            },
            Environment = new CfnProject.EnvironmentProperty
            {
                Type = "LINUX_CONTAINER",
                ComputeType = "BUILD_GENERAL1_MEDIUM",
                Image = Image,
                PrivilegedMode = work.UsesDocker,
                EnvironmentVariables = work.Variables
                    .Select(one => new CfnProject.EnvironmentVariableProperty { Name = one.Key, Value = one.Value })
                    .ToArray(),
            },
        });
    }

    public string ProjectName => _project.Ref;

    public string Arn => _project.AttrArn;

    private Role CreateRole(Artifacts artifacts, BuildWork work, string name, LogGroup log)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            Description = work.Description,
            AssumedBy = new ServicePrincipal("codebuild.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Step"] = new(new PolicyDocumentProps
                {
                    Statements =
                    [
                        Statements.Allow(
                            "WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [log.LogGroupArn]),
                        .. artifacts.Use(),
                        .. work.ReportsTests ? [ReportTests(name)] : Array.Empty<PolicyStatement>(),
                        .. work.Permissions,
                    ],
                }),
            },
        });
        NagReason.Give(
            (CfnRole)role.Node.DefaultChild!,
            "AwsSolutions-IAM5",
            "All artifacts of the pipeline; * for the login to ECR, which names no resource.");
        return role;
    }

    /// <summary>https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html</summary>
    private PolicyStatement ReportTests(string name)
    {
        var stack = Stack.Of(this);
        return Statements.Allow(
            "ReportTests",
            [
                "codebuild:CreateReportGroup", "codebuild:CreateReport", "codebuild:UpdateReport",
                "codebuild:BatchPutTestCases",
            ],
            [$"arn:{stack.Partition}:codebuild:{stack.Region}:{stack.Account}:report-group/{name}-tests"]);
    }
}
