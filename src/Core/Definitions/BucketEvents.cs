namespace Jobs.Core.Definitions;

/// <summary>
/// How a bucket that the stack did not make is let tell EventBridge of its uploads. CloudFormation cannot: the setting
/// is the bucket's own.
/// </summary>
public static class BucketEvents
{
    /// <summary>
    /// S3 replaces a bucket's whole notification configuration, so what is there is read first and written back: an
    /// empty answer is none. When it cannot be read, nothing is written.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
    /// </summary>
    public static string SwitchOn(string bucket)
    {
        var (name, file) = (CommandLines.Quoted(bucket), CommandLines.Quoted($"{bucket}.json"));
        return $"aws s3api get-bucket-notification-configuration --bucket {name} --output json > {file} && " +
            $"aws s3api put-bucket-notification-configuration --bucket {name} --notification-configuration " +
            $"\"$(jq -s '(.[0] // {{}}) + {{EventBridgeConfiguration: {{}}}}' {file})\"";
    }
}
