using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Core.Definitions;
using static Jobs.Cdk.Ground.Statements;

namespace Jobs.Cdk.Permissions;

/// <summary>What a job's task role may do: what the job declares, and its host's few calls.</summary>
/// <param name="commands">Where the job submits others.</param>
internal sealed class JobPermissions(
    Stack stack, JobDefinition job, Storage storage, UploadBuckets buckets, IQueue commands)
{
    public IEnumerable<PolicyStatement> All =>
        [.. Objects(), .. job.HasHost ? Host() : [], .. StorageKeys.UseKeys(stack, storage)];

    private IEnumerable<PolicyStatement> Objects()
    {
        if (job.Uploads.Count + job.Reads.Count > 0) yield return ReadObjects();
        if (Keys() is { Length: > 0 } keys) yield return Allow("DecryptUploads", ["kms:Decrypt"], keys);
        if (job.Lists.Count + job.Reads.Count > 0) yield return ListObjects();
        if (job.Writes.Count > 0) yield return WriteObjects();
    }

    private IEnumerable<PolicyStatement> Host() =>
    [
        ReadInput(), KeepRecord(), WriteLargeResult(),
        .. job.Afters.Count + job.Submits.Count > 0 ? [ReadLargeResults()] : Array.Empty<PolicyStatement>(),
        .. job.Submits.Count > 0 ? Family() : [],
    ];

    private IEnumerable<PolicyStatement> Family() => [SendCommands(), FindChildren(), ReadChildren()];

    private PolicyStatement ReadObjects() => Allow(
        "ReadObjects",
        ["s3:GetObject", "s3:GetObjectVersion"],
        [
            .. job.Uploads.SelectMany(upload => IamPattern.AnyCase(upload.Suffix)
                .Select(suffix => ObjectsUnder(buckets.Of(upload).Arn, upload.Prefix) + suffix)),
            .. job.Reads.Select(ObjectsUnder),
        ]);

    /// <summary>
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html: a listing of everything has no
    /// prefix to be conditioned on.
    /// </summary>
    private PolicyStatement ListObjects() => Allow(
        "ListObjects",
        ["s3:ListBucket"],
        [storage.Bucket.BucketArn],
        job.Lists.Contains("")
            ? null
            : When(
                "StringLike",
                "s3:prefix",
                [.. job.Lists.Concat(job.Reads).Distinct().Select(prefix => IamPattern.Literal(prefix) + "*")]));

    /// <summary>PutObject covers every part of a multipart upload; only giving it up is an action of its own.</summary>
    private PolicyStatement WriteObjects() => Allow(
        "WriteObjects", ["s3:PutObject", "s3:AbortMultipartUpload"], [.. job.Writes.Select(ObjectsUnder)]);

    private PolicyStatement ReadInput() => Allow(
        "ReadInput", ["dynamodb:GetItem"], [storage.Runs.TableArn], ItemsOf(job.Name));

    private PolicyStatement KeepRecord() => Allow(
        "KeepRecord",
        ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        [storage.Results.TableArn],
        ItemsOf(job.Name));

    private PolicyStatement WriteLargeResult() => Allow(
        "WriteLargeResult", ["s3:PutObject"], [ObjectsUnder(Names.ResultsOf(job.Name))]);

    /// <summary>Children are noted under their parent.</summary>
    private PolicyStatement FindChildren() => Allow(
        "FindChildren", ["dynamodb:Query"], [storage.Runs.TableArn], ItemsOf(job.Name));

    private PolicyStatement ReadChildren() => Allow(
        "ReadChildren", ["dynamodb:GetItem"], [storage.Results.TableArn], ItemsOf([.. job.Submits]));

    /// <summary>What the job takes as its input, or a child's result, may be too large for the run's items.</summary>
    private PolicyStatement ReadLargeResults() => Allow(
        "ReadLargeResults", ["s3:GetObject"],
        [.. job.Afters.Select(after => after.Job)
            .Concat(job.Submits)
            .Distinct()
            .Select(other => ObjectsUnder(Names.ResultsOf(other)))]);

    /// <summary>OnCommand knows the sender, and lets the job submit what it declares.</summary>
    private PolicyStatement SendCommands() => Send("SendCommands", commands);

    /// <summary>
    /// Items whose partition key begins with the name of one of these jobs. ForAllValues alone would also hold for a
    /// request without keys, hence the Null condition.
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
    /// </summary>
    private static Dictionary<string, object> ItemsOf(params string[] jobs) => new()
    {
        ["ForAllValues:StringLike"] = new Dictionary<string, object>
        {
            ["dynamodb:LeadingKeys"] = jobs.Select(name => $"{name}/*").ToArray(),
        },
        ["Null"] = new Dictionary<string, object> { ["dynamodb:LeadingKeys"] = "false" },
    };

    /// <summary>The keys of encrypted buckets that the job listens to.</summary>
    private string[] Keys() =>
        [.. job.Uploads.Select(upload => buckets.Of(upload).Key).OfType<IKey>().Select(key => key.KeyArn).Distinct()];

    private string ObjectsUnder(string prefix) => ObjectsUnder(storage.Bucket.BucketArn, prefix);

    private static string ObjectsUnder(string bucketArn, string prefix) =>
        $"{bucketArn}/{IamPattern.Literal(prefix)}*";
}
