using Amazon.Runtime;
using Amazon.S3;

namespace Lapstack.Tests.Stacks;

/// <summary>A stack of two buckets, one versioned, and the roles the tests act as.</summary>
internal static class S3Stack
{
    public const string Resources = """
        {
          "Uploads": {"Type":"AWS::S3::Bucket","Properties":{"BucketName":"uploads","VersioningConfiguration":{"Status":"Enabled"},
            "NotificationConfiguration":{"EventBridgeConfiguration":{"EventBridgeEnabled":true}}}},
          "Plain": {"Type":"AWS::S3::Bucket","Properties":{"BucketName":"plain"}},
          "TlsOnly": {"Type":"AWS::S3::BucketPolicy","Properties":{"Bucket":{"Ref":"Uploads"},"PolicyDocument":{"Version":"2012-10-17","Statement":[
            {"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":[{"Fn::GetAtt":["Uploads","Arn"]},{"Fn::Join":["",[{"Fn::GetAtt":["Uploads","Arn"]},"/*"]]}],
             "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}}},
          "Reader": {"Type":"AWS::IAM::Role","Properties":{"RoleName":"reader","AssumeRolePolicyDocument":{}}},
          "ReaderPolicy": {"Type":"AWS::IAM::Policy","Properties":{"PolicyName":"read-incoming","Roles":[{"Ref":"Reader"}],"PolicyDocument":{"Version":"2012-10-17",
            "Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion"],"Resource":{"Fn::Sub":"${Uploads.Arn}/incoming/*"}}]}}}
        }
        """;

    public static Task<EmulatedStack> StartAsync(TimeProvider? clock = null) =>
        EmulatedStack.StartAsync(Resources, clock);

    public static AmazonS3Client Client(this EmulatedStack stack, AWSCredentials? credentials = null) => new(
        credentials ?? EmulatedStack.Owner,
        new AmazonS3Config
        {
            ServiceURL = stack.Url,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
        });
}
