using Amazon.CDK.AWS.Logs;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Queues;

namespace Jobs.Cdk.Commons;

/// <summary>What a runner has once, for all its jobs and functions.</summary>
/// <param name="StackName">With which the names of jobs' resources begin.</param>
/// <param name="Storage">The bucket and the tables.</param>
/// <param name="Buckets">The bucket, and the others whose uploads start jobs.</param>
/// <param name="Compute">Where tasks run.</param>
/// <param name="Alerts">How admins are told.</param>
/// <param name="Commands">
/// The only entry for senders that are no triggers. Made before the functions, because jobs that submit others send to
/// it.
/// </param>
/// <param name="LogRetention">How long logs are kept.</param>
internal sealed record Shared(
    string StackName,
    Storage Storage,
    UploadBuckets Buckets,
    Compute Compute,
    AdminAlerts Alerts,
    Inbox Commands,
    RetentionDays LogRetention)
{
    /// <summary>Null without tracing.</summary>
    public Tracing? Tracing { get; init; }
}
