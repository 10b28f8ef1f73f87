using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Pipelines;

/// <summary>
/// The repository of an app's images: scanned when they come, never overwritten, and kept as long as a stage may need
/// them. A rule of the list that an image matches keeps it from all rules below.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
/// </summary>
internal sealed class WorkerRepository : Construct
{
    private const int UntaggedDays = 7;

    private readonly Repository _repository;

    public WorkerRepository(Construct scope, string id, PipelineProps props)
        : base(scope, id)
    {
        _repository = new Repository(this, "Repository", new RepositoryProps
        {
            RepositoryName = $"{props.Name}-workers",
            ImageScanOnPush = true,
            ImageTagMutability = TagMutability.IMMUTABLE,
            // A stack that is deployed has its images here.
            RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            LifecycleRules = [.. Rules(props)],
        });
        Share(props.Stages);
    }

    /// <summary>What images are tagged and pushed as, without a tag.</summary>
    public string Uri => _repository.RepositoryUri;

    /// <summary>Pushes images, and reads what the scan found.</summary>
    public IEnumerable<PolicyStatement> Push() =>
    [
        // It names no resource. https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html
        Statements.Allow("LogIn", ["ecr:GetAuthorizationToken"], ["*"]),
        Statements.Allow(
            "PushImages",
            [
                "ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
                "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:BatchGetImage", "ecr:DescribeImages",
                "ecr:DescribeImageScanFindings",
            ],
            [_repository.RepositoryArn]),
    ];

    /// <summary>Gives an image that is there another tag.</summary>
    public PolicyStatement Keep() =>
        Statements.Allow("KeepImages", ["ecr:BatchGetImage", "ecr:PutImage"], [_repository.RepositoryArn]);

    private static IEnumerable<ILifecycleRule> Rules(PipelineProps props) =>
    [
        .. props.Stages.Select((stage, at) => new LifecycleRule
        {
            RulePriority = at + 1,
            Description = $"What {stage.Name} has had",
            TagStatus = TagStatus.TAGGED,
            TagPrefixList = [$"{stage.Name}-"],
            MaxImageCount = props.KeptDeployedImages,
        }),
        new LifecycleRule
        {
            RulePriority = props.Stages.Count + 1,
            Description = "What was built",
            TagStatus = TagStatus.TAGGED,
            TagPatternList = ["*"],
            MaxImageCount = props.KeptImages,
        },
        new LifecycleRule
        {
            RulePriority = props.Stages.Count + 2,
            Description = "What has no tag",
            TagStatus = TagStatus.UNTAGGED,
            MaxImageAge = Duration.Days(UntaggedDays),
        },
    ];

    /// <summary>Tasks of stages in other accounts pull from here.</summary>
    private void Share(IReadOnlyList<PipelineStage> stages)
    {
        var accounts = stages.Select(stage => stage.Account).OfType<string>().Distinct().ToList();
        if (accounts.Count == 0) return;
        _repository.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "PullImages",
            Principals = [.. accounts.Select(account => new AccountPrincipal(account))],
            Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        }));
    }
}
