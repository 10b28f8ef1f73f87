using Amazon.Runtime;
using Amazon.SQS;

namespace Lapstack.Tests.Stacks;

/// <summary>An emulator with a queue, its dead-letter queue, and two roles of which one may send.</summary>
internal static class SqsStack
{
    public const string Template = """
        {
          "Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": {
            "QueueName": "inbox", "VisibilityTimeout": 60, "MessageRetentionPeriod": 3600,
            "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 2 } } },
          "Sender": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "sender", "AssumeRolePolicyDocument": {},
            "Policies": [ { "PolicyName": "send", "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": { "Fn::GetAtt": ["Inbox", "Arn"] } } ] } } ] } }
        }
        """;

    public static string QueueUrl(this EmulatedStack stack, string logicalId = "Inbox") =>
        stack.Host.Resources[logicalId];

    public static AmazonSQSClient Sqs(this EmulatedStack stack, AWSCredentials? credentials = null) => new(
        credentials ?? EmulatedStack.Owner,
        new AmazonSQSConfig { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}
