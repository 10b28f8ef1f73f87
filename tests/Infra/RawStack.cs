using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Jobs.Tests.Infra;

/// <summary>The stack of the page on uploads: one bucket by its name, and one by a name of the stack's own.</summary>
internal sealed class RawStack : Stack
{
    public RawStack(Construct scope, string id, string stage)
        : base(scope, id)
    {
        const string keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";
        var raw = Bucket.FromBucketAttributes(this, "Raw", new BucketAttributes
        {
            BucketName = $"acme-raw-{stage}",
            EncryptionKey = Key.FromKeyArn(this, "RawKey", keyArn),
        });
        var props = new JobRunnerProps { Buckets = new Dictionary<string, IBucket> { ["raw"] = raw } };
        var runner = new JobRunner(
            this, "Jobs", props with { FunctionsFolder = Synthesis.AnyRunner.FunctionsFolder });
        runner.AddJob(JobDefinitions.From(typeof(RawImport)), Shapes.AnyImage);
        var written = Bucket.FromBucketName(this, "Written", "acme-raw");
        written.GrantWrite(runner.Job("raw-import"));
    }

    [OnUpload("incoming/", Bucket = "raw")]
    [OnUpload("incoming/", Bucket = "acme-raw")]
    internal sealed class RawImport : IJob<Upload, string>
    {
        public Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop) =>
            Task.FromResult(input.Bucket);
    }
}
