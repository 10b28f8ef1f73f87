using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Jobs.Core.Dispatch;

namespace Jobs;

/// <summary>What all jobs of a runner share. Every property has a default.</summary>
/// <example><code>
/// new JobRunnerProps { AdminEmails = ["ops@example.com"], MaxVcpus = 100 }
/// </code></example>
public sealed record JobRunnerProps
{
    /// <summary>
    /// Who gets an e-mail when something needs an admin, whatever job it is about; jobs may notify others besides. Each
    /// address must confirm its subscription. Default none.
    /// </summary>
    public IReadOnlyList<string> AdminEmails { get; init; } = [];

    /// <summary>
    /// Buckets besides the runner's whose uploads start jobs, by the name that [OnUpload(Bucket = …)] has for them: for
    /// names that differ between stages, buckets that this app makes, and buckets with a KMS key, which these jobs may
    /// then decrypt with. A name that is not here is taken for the bucket's name in S3. A stack has at most 20 of both.
    /// Default none.
    /// </summary>
    /// <example><code>
    /// var raw = Bucket.FromBucketName(this, "Raw", "acme-raw-prod");
    /// new JobRunnerProps { Buckets = new Dictionary&lt;string, IBucket&gt; { ["raw"] = raw } }
    /// </code></example>
    public IReadOnlyDictionary<string, IBucket> Buckets { get; init; } = new Dictionary<string, IBucket>();

    /// <summary>
    /// Where tasks run. Default null: a network of their own with two public subnets and no NAT gateway, where tasks
    /// have a public address and nothing may connect to them.
    /// </summary>
    public IVpc? Vpc { get; init; }

    /// <summary>
    /// Subnets of <see cref="Vpc"/>; ignored without it. Default null: its private subnets that reach the internet.
    /// </summary>
    public ISubnetSelection? Subnets { get; init; }

    /// <summary>
    /// Launches that may follow each other at once, and a second in the long run: the account's Fargate quotas in this
    /// Region, or this stack's part of them where several stacks share one. Default 100 and 20, as AWS has them.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html
    /// </summary>
    public DispatchSettings LaunchRate { get; init; } = new();

    /// <summary>
    /// vCPUs that all jobs' attempts may use at once, 1 or more: set it to the account's Fargate vCPU quota, so that
    /// launches wait instead of being refused. Then the dispatcher alone launches, and keeps to it but for moments.
    /// Default null: no limit but the account's.
    /// </summary>
    public int? MaxVcpus { get; init; }

    /// <summary>CloudWatch Container Insights for the cluster, charged by metric. Default false.</summary>
    public bool ContainerInsights { get; init; }

    /// <summary>How long logs of jobs and functions are kept. Default a month.</summary>
    public RetentionDays LogRetention { get; init; } = RetentionDays.ONE_MONTH;

    /// <summary>
    /// What becomes of the bucket and the tables when the stack is deleted. Default RETAIN_ON_UPDATE_OR_DELETE: they
    /// stay, unless the deployment that made them is rolled back, when there is nothing in them yet. With DESTROY,
    /// empty the bucket first: CloudFormation refuses to delete one that has objects.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
    /// </summary>
    public RemovalPolicy RemovalPolicy { get; init; } = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

    /// <summary>
    /// Folder with the published functions. Default: <c>assets/functions</c> beside this assembly, where its build puts
    /// them.
    /// </summary>
    public string FunctionsFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "assets", "functions");
}
