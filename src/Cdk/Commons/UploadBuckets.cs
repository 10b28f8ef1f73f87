using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Commons;

/// <summary>
/// The buckets whose uploads start jobs: the runner's, those that the props name, and those that triggers name as S3
/// does.
/// </summary>
/// <param name="named">As the triggers call them.</param>
internal sealed class UploadBuckets(Construct scope, IBucket runners, IReadOnlyDictionary<string, IBucket> named)
{
    /// <summary>
    /// Other buckets than the runner's in a stack: each has a line in OnTick's policy and, if the props name it, in its
    /// environment, of which Lambda takes 4 KB.
    /// </summary>
    public const int Most = 20;

    public UploadBucket Of(UploadTrigger trigger) => trigger.Bucket switch
    {
        null => new(runners.BucketName, runners.BucketArn, null),
        { } name when named.GetValueOrDefault(name) is { } bucket =>
            new(bucket.BucketName, bucket.BucketArn, bucket.EncryptionKey),
        { } name => new(name, ArnOf(name), null),
    };

    /// <summary>S3's names of the buckets that the props name, as far as jobs listen to them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> NamesOf(IEnumerable<JobDefinition> jobs) =>
    [
        .. OthersOf(jobs).Where(named.ContainsKey).Select(name => KeyValuePair.Create(name, named[name].BucketName)),
    ];

    /// <summary>ARNs of the other buckets than the runner's.</summary>
    public string[] ArnsOf(IEnumerable<JobDefinition> jobs) =>
        [.. OthersOf(jobs).Select(name => named.GetValueOrDefault(name)?.BucketArn ?? ArnOf(name))];

    /// <summary>
    /// Lets each bucket that the app makes tell EventBridge of its uploads, and says for the others how it is done:
    /// CloudFormation sets it only of a bucket that it makes.
    /// </summary>
    public void SwitchOn(IEnumerable<JobDefinition> jobs)
    {
        foreach (var name in OthersOf(jobs))
        {
            if (named.GetValueOrDefault(name) is Bucket made) made.WithEvents();
            else Annotations.Of(scope).AddInfo(HowTo(name, named.GetValueOrDefault(name)?.BucketName ?? name));
        }
    }

    /// <summary>Names as the triggers have them, in one order whatever the jobs' is.</summary>
    public static IEnumerable<string> OthersOf(IEnumerable<JobDefinition> jobs) =>
        jobs.SelectMany(job => job.Uploads)
            .Select(upload => upload.Bucket)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal);

    private string HowTo(string name, string inS3) =>
        $"Uploads to bucket {name} start jobs once it tells EventBridge of them, which only its owner can switch on. " +
        "Once, and it takes effect within minutes: " +
        $"{BucketEvents.SwitchOn(Token.IsUnresolved(inS3) ? "NAME" : inS3)} " +
        $"Whether it is on: {new CommandLines(Stack.Of(scope).StackName).Doctor()}";

    private string ArnOf(string name) => Stack.Of(scope).FormatArn(new ArnComponents
    {
        Service = "s3",
        Region = "",
        Account = "",
        Resource = name,
    });
}
