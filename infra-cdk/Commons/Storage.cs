using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.S3;
using Constructs;
using Jobs.Core;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Jobs.Infra.Commons;

/// <summary>What outlives the stack: the bucket and the two tables.</summary>
internal sealed class Storage(Construct scope, RemovalPolicy removal)
{
    /// <summary>Machinery's objects live as long as the runs that refer to them.</summary>
    private static readonly Duration RunLifetime = Duration.Days(90);

    public Bucket Bucket { get; } = CreateBucket(scope, removal);

    public Table Runs { get; } = CreateRuns(scope, removal);

    public Table Results { get; } = CreateTable(scope, "ResultsTable", removal);

    private static Bucket CreateBucket(Construct scope, RemovalPolicy removal)
    {
        var bucket = new Bucket(scope, "Bucket", new BucketProps
        {
            Versioned = true,
            Encryption = BucketEncryption.S3_MANAGED,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            RemovalPolicy = removal,
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
        // The property of BucketProps would add a function of CDK's own to switch it on.
        (
            (CfnBucket)bucket.Node.DefaultChild!).NotificationConfiguration =
                new CfnBucket.NotificationConfigurationProperty
                {
                    EventBridgeConfiguration = new CfnBucket.EventBridgeConfigurationProperty
                    {
                        EventBridgeEnabled = true,
                    },
                };
        return bucket;
    }

    private static Table CreateRuns(Construct scope, RemovalPolicy removal)
    {
        var runs = CreateTable(scope, "RunsTable", removal);
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

    private static Table CreateTable(Construct scope, string id, RemovalPolicy removal) => new(scope, id, new TableProps
    {
        PartitionKey = Text(Tables.PartitionKey),
        SortKey = Text(Tables.SortKey),
        BillingMode = BillingMode.PAY_PER_REQUEST,
        Encryption = TableEncryption.AWS_MANAGED,
        PointInTimeRecovery = true,
        TimeToLiveAttribute = Tables.ExpiresAt,
        RemovalPolicy = removal,
    });

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
