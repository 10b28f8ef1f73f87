using Amazon.CDK.AWS.S3;

namespace Jobs.Cdk.Commons;

/// <summary>Buckets that tell EventBridge of their uploads.</summary>
internal static class EventBuckets
{
    /// <summary>
    /// Switched on for a bucket that the app makes; of any other it is its owner's. A function of CDK's sets the
    /// notifications of a bucket that has any, and would overwrite the property; the property of BucketProps would add
    /// that function.
    /// </summary>
    public static IBucket WithEvents(this IBucket bucket)
    {
        if (bucket is not Bucket made) return bucket;
        if (made.Node.TryFindChild("Notifications") is not null) made.EnableEventBridgeNotification();
        else
        {
            ((CfnBucket)made.Node.DefaultChild!).AddPropertyOverride(
                "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
        }

        return bucket;
    }
}
