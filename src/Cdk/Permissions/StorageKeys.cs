using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Permissions;

/// <summary>What is needed of the keys of bucket and tables by whatever works with them.</summary>
internal static class StorageKeys
{
    /// <summary>
    /// DynamoDB and S3 use a customer's key with the rights of their caller, and only they.
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    /// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
    /// </summary>
    public static IEnumerable<PolicyStatement> UseKeys(Stack stack, Storage storage)
    {
        if (storage.KeyArns is not { Length: > 0 } keys) yield break;
        yield return Statements.Allow(
            "UseKeys",
            ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
            keys,
            Statements.When(
                "StringEquals",
                "kms:ViaService",
                $"dynamodb.{stack.Region}.amazonaws.com",
                $"s3.{stack.Region}.amazonaws.com"));
    }
}
