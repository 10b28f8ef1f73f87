using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using Jobs.Core;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Jobs.Cdk.Commons;

/// <summary>What outlives the stack: the bucket and the two tables.</summary>
internal sealed class Storage(Construct scope, JobRunnerProps props)
{
    /// <summary>Machinery's objects live as long as the runs that refer to them.</summary>
    private static readonly Duration RunLifetime = Duration.Days(90);

    public IBucket Bucket { get; } = props.Bucket is { } given ? given.WithEvents() : CreateBucket(scope, props);

    public Table Runs { get; } = CreateRuns(scope, props);

    public Table Results { get; } = CreateTable(scope, "ResultsTable", props);

    /// <summary>ARNs of the keys, other than AWS's own, with which bucket and tables are encrypted.</summary>
    public string[] KeyArns =>
        [.. new[] { props.Key, Bucket.EncryptionKey }.OfType<IKey>().Select(key => key.KeyArn).Distinct()];

    private static Bucket CreateBucket(Construct scope, JobRunnerProps props)
    {
        var bucket = new Bucket(scope, "Bucket", new BucketProps
        {
            Versioned = true,
            Encryption = props.Key is null ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
            EncryptionKey = props.Key,
            // One request to KMS for many objects.
            BucketKeyEnabled = props.Key is null ? null : true,
            ServerAccessLogsBucket = props.AccessLogs,
            ServerAccessLogsPrefix = props.AccessLogs is null ? null : $"{Stack.Of(scope).StackName}/",
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            RemovalPolicy = props.RemovalPolicy,
            LifecycleRules =
            [
                new LifecycleRule { Id = "machinery", Prefix = Names.ReservedPrefix, Expiration = RunLifetime },
                // A run reads the version its event named, and may be retried for weeks after the object was
                // overwritten.
                new LifecycleRule
                {
                    Id = "old-versions",
                    NoncurrentVersionExpiration = Duration.Days(30),
                    AbortIncompleteMultipartUploadAfter = Duration.Days(7),
                },
            ],
        });
        bucket.WithEvents();
        return bucket;
    }

    private static Table CreateRuns(Construct scope, JobRunnerProps props)
    {
        var runs = CreateTable(scope, "RunsTable", props);
        // Keys, and in a stack with a CPU budget what the run uses of it: writes that leave the time of the next look
        // as it is cost nothing here.
        runs.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
        {
            IndexName = Names.WatchIndex,
            PartitionKey = Text(Tables.WatchKey),
            SortKey = Text(Tables.NextCheckAt),
            ProjectionType = ProjectionType.INCLUDE,
            NonKeyAttributes = [Tables.CpuUsed],
        });
        // Only runs that wait are in it; with all attributes the dispatcher reads nothing else.
        runs.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
        {
            IndexName = Names.WaitingIndex,
            PartitionKey = Text(Tables.WaitingKey),
            SortKey = Text(Tables.TurnKey),
            ProjectionType = ProjectionType.ALL,
        });
        // Neither its keys nor the labels ever change, so it costs one write in a run's life; a listing reads the runs
        // of its page.
        runs.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
        {
            IndexName = Names.HistoryIndex,
            PartitionKey = Text(Tables.HistoryKey),
            SortKey = Text(Tables.CreatedAt),
            ProjectionType = ProjectionType.INCLUDE,
            NonKeyAttributes = [Tables.Labels],
        });
        return runs;
    }

    private static Table CreateTable(Construct scope, string id, JobRunnerProps props) => new(scope, id, new TableProps
    {
        PartitionKey = Text(Tables.PartitionKey),
        SortKey = Text(Tables.SortKey),
        BillingMode = BillingMode.PAY_PER_REQUEST,
        Encryption = props.Key is null ? TableEncryption.AWS_MANAGED : TableEncryption.CUSTOMER_MANAGED,
        EncryptionKey = props.Key,
        DeletionProtection = props.DeletionProtection ? true : null,
        PointInTimeRecovery = true,
        TimeToLiveAttribute = Tables.ExpiresAt,
        RemovalPolicy = props.RemovalPolicy,
    });

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
