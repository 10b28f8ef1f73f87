using Amazon.S3;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

/// <summary>A stack's rules wait for uploads to buckets that it does not make.</summary>
public sealed class ExistingBucketTests
{
    private const string Resources = """
        {
          "Inbox": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "inbox"}},
          "Open": {"Type": "AWS::SQS::QueuePolicy", "Properties": {
            "Queues": [{"Ref": "Inbox"}],
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
              "Resource": {"Fn::GetAtt": ["Inbox", "Arn"]}}]}}},
          "Own": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "own",
            "VersioningConfiguration": {"Status": "Enabled"}}},
          "Rule": {"Type": "AWS::Events::Rule", "Properties": {
            "EventPattern": {"source": ["aws.s3"], "detail": {"bucket": {"name": [{"Ref": "Own"}, "acme-raw"]}}},
            "Targets": [{"Id": "Inbox", "Arn": {"Fn::GetAtt": ["Inbox", "Arn"]}}]}},
          "Others": {"Type": "AWS::Events::Rule", "Properties": {
            "EventPattern": {"source": ["aws.ecs"], "detail": {"bucket": {"name": ["not-a-bucket"]}}},
            "Targets": [{"Id": "Inbox", "Arn": {"Fn::GetAtt": ["Inbox", "Arn"]}}]}}
        }
        """;

    [Fact]
    public async Task Bucket_that_only_a_rule_names_is_there_and_tells_of_its_uploads()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        using var s3 = new AmazonS3Client(
            EmulatedStack.Owner,
            new AmazonS3Config { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true });

        Assert.Equal(
            ["acme-raw", "own"], (await s3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName).Order());
        var put = await s3.PutObjectAsync(new() { BucketName = "acme-raw", Key = "a", ContentBody = "1" });
        Assert.Null(put.VersionId);
        Assert.NotNull((await s3.GetBucketNotificationAsync("acme-raw")).EventBridgeConfiguration);
        // The stack's own is as the template has it.
        Assert.Null((await s3.GetBucketNotificationAsync("own")).EventBridgeConfiguration);
        Assert.NotNull((await s3.PutObjectAsync(new() { BucketName = "own", Key = "a", ContentBody = "1" })).VersionId);

        await stack.RestartAsync();

        using var again = new AmazonS3Client(
            EmulatedStack.Owner,
            new AmazonS3Config { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        var listed = await again.ListObjectsV2Async(new() { BucketName = "acme-raw" });
        Assert.Equal("a", Assert.Single(listed.S3Objects).Key);
    }
}
