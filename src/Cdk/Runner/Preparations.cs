using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.S3;
using Constructs;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Runner;

/// <summary>
/// What has to be set once on parts that the runner was given and that another app makes, each as an output whose value
/// is the command. <c>dotnet jobs doctor</c> looks whether it was done.
/// </summary>
internal static class Preparations
{
    public static void Add(
        Construct scope, Shared shared, JobRunnerProps props, IEnumerable<JobDefinition> jobs)
    {
        var account = Stack.Of(scope).Account;
        if (props.Bucket is not (null or Bucket) && jobs.Any(ListensToRunnersBucket))
        {
            Add(
                scope,
                nameof(props.Bucket),
                BucketEvents.SwitchOn(props.Bucket.BucketName),
                "Once: the bucket tells EventBridge of its uploads.");
        }

        if (props.Cluster is not (null or Cluster) && jobs.Any(NeedsProviders))
        {
            Add(
                scope,
                nameof(props.Cluster),
                PrepareLines.OfferFargate(props.Cluster.ClusterName),
                "Once: the cluster offers Fargate and Fargate Spot.");
        }

        if (!shared.Alerts.LetsAlarmsPublish)
        {
            Add(
                scope,
                nameof(props.AlertTopic),
                PrepareLines.LetAlarmsPublish(shared.Alerts.Topic.TopicArn, account),
                "Once: alarms may publish to the topic.");
        }

        if (props.Key is not { } key) return;
        StackOutput.Add(scope, OutputNames.Key, key.KeyArn, "Encrypts the bucket, the tables and the topic.");
        if (shared.Alerts.LetsAlarmsEncrypt) return;
        Add(
            scope,
            nameof(props.Key),
            PrepareLines.LetAlarmsEncrypt(key.KeyArn, account),
            "Once: alarms may encrypt what they publish.");
    }

    private static bool ListensToRunnersBucket(JobDefinition job) => job.Uploads.Any(upload => upload.Bucket is null);

    /// <summary>What runs on Spot, and every service, names a capacity provider; other runs do not.</summary>
    private static bool NeedsProviders(JobDefinition job) => job.Spot || job.Queue?.Mode == QueueMode.Service;

    private static void Add(Construct scope, string part, string command, string description) =>
        StackOutput.Add(scope, OutputNames.PreparePrefix + part, command, description);
}
