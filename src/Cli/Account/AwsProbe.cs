using System.Xml.Linq;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;
using Jobs.Core;

namespace Jobs.Cli.Account;

/// <summary>A verification's calls, on AWS or on what speaks its protocols.</summary>
/// <param name="http">For what the laptop has beside AWS's calls.</param>
internal sealed class AwsProbe(StackPlace place, AwsClients clients, SignedCalls calls, HttpClient http)
    : IProbe, IDisposable
{
    /// <summary>
    /// What SNS calls a subscription that is not confirmed.
    /// https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
    /// </summary>
    private const string Pending = "PendingConfirmation";

    public static AwsProbe Of(StackPlace place, Target target, TimeProvider clock) =>
        new(place, new AwsClients(target), SignedCalls.To(target, clock), new HttpClient());

    public bool CanInterrupt => calls.Target.Endpoint is { } endpoint && new Uri(endpoint).IsLoopback;

    private string Bucket => place.Output(OutputNames.Bucket);

    public async Task<Upload> UploadAsync(string key, string content, CancellationToken cancellation)
    {
        var put = await clients.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = content }, cancellation);
        return new Upload(Bucket, key, content.Length) { VersionId = put.VersionId, ETag = put.ETag?.Trim('"') };
    }

    public Task RemoveAsync(Upload upload, CancellationToken cancellation) => clients.S3.DeleteObjectAsync(
        new DeleteObjectRequest { BucketName = upload.Bucket, Key = upload.Key, VersionId = upload.VersionId },
        cancellation);

    public Task SendAsync(string job, string body, CancellationToken cancellation) => clients.Sqs.SendMessageAsync(
        new SendMessageRequest { QueueUrl = QueueOf(job), MessageBody = body }, cancellation);

    public Task PurgeAsync(string job, CancellationToken cancellation) => clients.Sqs.PurgeQueueAsync(
        new PurgeQueueRequest { QueueUrl = QueueOf(job) }, cancellation);

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html</summary>
    public Task SwitchAsync(string rule, bool isOn, CancellationToken cancellation) => calls.JsonAsync(
        "events",
        isOn ? "AWSEvents.EnableRule" : "AWSEvents.DisableRule",
        json => json.WriteString("Name", rule),
        cancellation);

    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html</summary>
    public async Task<IReadOnlyList<Subscription>> SubscriptionsAsync(string topicArn, CancellationToken cancellation)
    {
        var all = new List<Subscription>();
        string? next = null;
        do
        {
            var answer = await calls.QueryAsync(
                "sns",
                "ListSubscriptionsByTopic",
                SignedCalls.SnsVersion,
                [("TopicArn", topicArn), ("NextToken", next)],
                cancellation);
            next = SignedCalls.ReadXml(answer, xml =>
            {
                all.AddRange(xml.Descendants().Where(element => element.Name.LocalName == "member").Select(Read));
                return xml.Descendants().FirstOrDefault(element => element.Name.LocalName == "NextToken")?.Value;
            });
        }
        while (next is { Length: > 0 });

        return all;
    }

    /// <summary>Lapstack's own call.</summary>
    public async Task InterruptAsync(string taskArn, CancellationToken cancellation)
    {
        var url = new Uri(new Uri(calls.Target.Endpoint!), $"/_spot/{taskArn[(taskArn.LastIndexOf('/') + 1)..]}");
        using var answer = await http.PostAsync(url, null, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        clients.Dispose();
        calls.Dispose();
        http.Dispose();
    }

    private string QueueOf(string job) => place.Output(OutputNames.QueuePrefix + Names.Queue(job));

    private static Subscription Read(XElement member) =>
        new(Text(member, "Protocol"), Text(member, "Endpoint"), Text(member, "SubscriptionArn") != Pending);

    private static string Text(XElement member, string name) =>
        member.Elements().Single(element => element.Name.LocalName == name).Value;
}
