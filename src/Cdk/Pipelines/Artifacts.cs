using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Pipelines;

/// <summary>What steps of the pipeline hand to each other, encrypted with a key of the pipeline's own.</summary>
internal sealed class Artifacts : Construct
{
    /// <summary>A stage is rolled back by the artifacts of its last success.</summary>
    private const int DaysKept = 365;

    private readonly Bucket _bucket;

    /// <param name="name">Of the pipeline.</param>
    public Artifacts(Construct scope, string id, string name)
        : base(scope, id)
    {
        Name = name;
        Key = new Key(this, "Key", new KeyProps
        {
            Description = $"Artifacts and messages of the pipeline {name}",
            EnableKeyRotation = true,
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        _bucket = new Bucket(this, "Bucket", new BucketProps
        {
            Encryption = BucketEncryption.KMS,
            EncryptionKey = Key,
            BucketKeyEnabled = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            LifecycleRules =
            [
                new LifecycleRule
                {
                    Expiration = Duration.Days(DaysKept),
                    AbortIncompleteMultipartUploadAfter = Duration.Days(7),
                },
            ],
        });
        NagReason.Give(
            (CfnBucket)_bucket.Node.DefaultChild!,
            "AwsSolutions-S1",
            "Only the pipeline's own roles read and write it.");
    }

    /// <summary>Of the pipeline.</summary>
    public string Name { get; }

    public Key Key { get; }

    public string BucketName => _bucket.BucketName;

    /// <summary>The source action says who owns what it writes, which takes PutObjectAcl.</summary>
    public IEnumerable<PolicyStatement> Use() =>
    [
        Statements.Allow(
            "UseArtifacts",
            ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl"],
            [_bucket.ArnForObjects("*")]),
        Statements.Allow("FindArtifacts", ["s3:GetBucketLocation", "s3:GetBucketVersioning"], [_bucket.BucketArn]),
        UseKey(),
    ];

    /// <summary>Encrypts and decrypts what is handed on.</summary>
    public PolicyStatement UseKey() => Statements.Allow(
        "UseKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"], [Key.KeyArn]);
}
