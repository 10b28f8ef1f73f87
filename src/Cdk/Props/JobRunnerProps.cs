using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
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
    /// Channels of Slack that are told what <see cref="AdminEmails"/> are told, alarms among it. Default none.
    /// </summary>
    /// <example><code>
    /// new JobRunnerProps { SlackChannels = [new SlackChannel("T0123ABCD", "C0123ABCD")] }
    /// </code></example>
    public IReadOnlyList<SlackChannel> SlackChannels { get; init; } = [];

    /// <summary>
    /// Channels of Microsoft Teams that are told what <see cref="AdminEmails"/> are told, alarms among it. Default
    /// none.
    /// </summary>
    public IReadOnlyList<TeamsChannel> TeamsChannels { get; init; } = [];

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
    /// Security groups of the tasks, which are groups of <see cref="Vpc"/>. Default none: one of the runner's own,
    /// which lets anything out and nothing in.
    /// </summary>
    public IReadOnlyList<ISecurityGroup> SecurityGroups { get; init; } = [];

    /// <summary>
    /// The runner's bucket, if there is one already. Its versioning, encryption and lifecycle stay its owner's; the
    /// output JobsPrepareBucket has the command by which one of another app tells EventBridge of its uploads. Default
    /// null: one of its own.
    /// </summary>
    public IBucket? Bucket { get; init; }

    /// <summary>
    /// Where the tasks run, if there is a cluster already. Its settings stay its owner's; the output JobsPrepareCluster
    /// has the command by which one of another app offers Fargate Spot. Default null: one of its own.
    /// </summary>
    public ICluster? Cluster { get; init; }

    /// <summary>
    /// What admins subscribe to, if there is a topic already; one that is encrypted needs <see cref="Key"/> as well.
    /// The output JobsPrepareAlertTopic has the command by which one of another app lets alarms publish. Default null:
    /// one of its own.
    /// </summary>
    public ITopic? AlertTopic { get; init; }

    /// <summary>
    /// KMS key that encrypts the bucket, the tables and the topic that the runner makes, and with which a topic that
    /// was given is encrypted. The output JobsPrepareKey has the command by which one of another app lets alarms use
    /// it. Default null: S3's and DynamoDB's own keys, and one of the runner's own for its topic.
    /// </summary>
    public IKey? Key { get; init; }

    /// <summary>
    /// Bucket that gets the access logs of the runner's own, under the prefix of the stack's name. One of another app
    /// must let <c>logging.s3.amazonaws.com</c> put objects. Default null: no access logs.
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    /// </summary>
    public IBucket? AccessLogs { get; init; }

    /// <summary>
    /// The tables cannot be deleted before it is switched off, not even by a deployment that is rolled back. Default
    /// false.
    /// </summary>
    public bool DeletionProtection { get; init; }

    /// <summary>
    /// Adds the canaries, by which <c>dotnet jobs verify</c> proves the deployment: four jobs of the smallest size,
    /// <c>canary</c>, <c>canary-upload</c>, <c>canary-queue</c> and <c>canary-spot</c>, with the image, the network and
    /// all else that the first job with a host was given. Uploads to <c>canary/*.canary</c> in the runner's bucket
    /// start one. They run only when a verification asks for it. Idle they cost what a queue does: its three alarms,
    /// and OnBacklog's look each minute where no other job has one. Default false.
    /// </summary>
    public bool Canary { get; init; }

    /// <summary>
    /// Who may verify the stack: assume its role <c>&lt;stack&gt;_&lt;Region&gt;_verify</c>, which may do what
    /// <c>dotnet jobs verify</c> does and nothing else. Such as <c>new AccountRootPrincipal()</c>, for roles of the
    /// stack's own account that are allowed to assume it, or <c>new AccountPrincipal("111122223333")</c> for a
    /// pipeline's. Only with <see cref="Canary"/>. Default null: no such role.
    /// </summary>
    public IPrincipal? Verifier { get; init; }

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

    /// <summary>
    /// Where traces go: <see cref="JobTracing.XRay"/>, or a collector of your own. Default null: there are none.
    /// </summary>
    public JobTracing? Tracing { get; init; }

    /// <summary>CloudWatch Container Insights for the cluster. Default Off; the modes say what they cost.</summary>
    public ContainerInsightsMode ContainerInsights { get; init; }

    /// <summary>Which metrics of runs the functions write. Default ByStack.</summary>
    public JobMetrics Metrics { get; init; }

    /// <summary>
    /// A CloudWatch dashboard with the stack's name: runs by outcome, times, cost, launches and refusals, queues,
    /// functions, alarms. An account has three for nothing; each further one costs $3 a month. Default false.
    /// https://aws.amazon.com/cloudwatch/pricing/
    /// </summary>
    public bool Dashboard { get; init; }

    /// <summary>
    /// Saved queries of CloudWatch Logs Insights in a folder with the stack's name: runs by cause, the slowest, one run
    /// everywhere. Saving costs nothing; running one $0.005 for each GB that it reads. Default false.
    /// https://aws.amazon.com/cloudwatch/pricing/
    /// </summary>
    public bool LogQueries { get; init; }

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
    /// As what the functions are deployed. Default Automatic: native where the build of the functions made them so,
    /// managed otherwise. The MSBuild property of the same name says what it makes.
    /// </summary>
    public FunctionRuntime FunctionRuntime { get; init; }

    /// <summary>
    /// Folder with the published functions, native ones in its folder <c>native</c>. Default: <c>assets/functions</c>
    /// beside this assembly, where its build puts them.
    /// </summary>
    public string FunctionsFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "assets", "functions");
}
