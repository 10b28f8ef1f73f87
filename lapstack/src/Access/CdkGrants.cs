namespace Lapstack.Access;

/// <summary>
/// The methods of CDK's constructs that grant an action.
/// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-construct-library.html
/// </summary>
internal static class CdkGrants
{
    /// <summary>The first that fits: a pattern of actions, what the construct is called, its method.</summary>
    private static readonly (string Actions, string Construct, string Method)[] All =
    [
        ("s3:Get*", "bucket", "GrantRead"),
        ("s3:List*", "bucket", "GrantRead"),
        ("s3:Put*", "bucket", "GrantPut"),
        ("s3:Abort*", "bucket", "GrantPut"),
        ("s3:Delete*", "bucket", "GrantDelete"),
        ("sqs:SendMessage", "queue", "GrantSendMessages"),
        ("sqs:GetQueueUrl", "queue", "GrantSendMessages"),
        ("sqs:ReceiveMessage", "queue", "GrantConsumeMessages"),
        ("sqs:DeleteMessage", "queue", "GrantConsumeMessages"),
        ("sqs:ChangeMessageVisibility", "queue", "GrantConsumeMessages"),
        ("sqs:GetQueueAttributes", "queue", "GrantConsumeMessages"),
        ("sqs:PurgeQueue", "queue", "GrantPurge"),
        ("sns:Publish", "topic", "GrantPublish"),
        ("sns:Subscribe", "topic", "GrantSubscribe"),
        ("dynamodb:*Get*", "table", "GrantReadData"),
        ("dynamodb:Query", "table", "GrantReadData"),
        ("dynamodb:Scan", "table", "GrantReadData"),
        ("dynamodb:ConditionCheckItem", "table", "GrantReadData"),
        ("dynamodb:DescribeTable", "table", "GrantReadData"),
        ("dynamodb:*Item", "table", "GrantReadWriteData"),
        ("ssm:Get*", "parameter", "GrantRead"),
        ("ssm:PutParameter", "parameter", "GrantWrite"),
        ("secretsmanager:GetSecretValue", "secret", "GrantRead"),
        ("secretsmanager:DescribeSecret", "secret", "GrantRead"),
        ("secretsmanager:PutSecretValue", "secret", "GrantWrite"),
        ("secretsmanager:UpdateSecret", "secret", "GrantWrite"),
        ("kms:Decrypt", "key", "GrantDecrypt"),
        ("kms:GenerateDataKey*", "key", "GrantEncryptDecrypt"),
        ("kms:Encrypt", "key", "GrantEncrypt"),
        ("kms:ReEncrypt*", "key", "GrantEncrypt"),
        ("events:PutEvents", "bus", "GrantPutEventsTo"),
        ("lambda:InvokeFunction", "function", "GrantInvoke"),
        ("logs:CreateLogStream", "logGroup", "GrantWrite"),
        ("logs:PutLogEvents", "logGroup", "GrantWrite"),
        ("logs:Get*", "logGroup", "GrantRead"),
        ("logs:FilterLogEvents", "logGroup", "GrantRead"),
        ("logs:DescribeLogStreams", "logGroup", "GrantRead"),
        ("ecs:RunTask", "taskDefinition", "GrantRun"),
        ("ecr:*", "repository", "GrantPull"),
        ("iam:PassRole", "role", "GrantPassRole"),
        ("sts:AssumeRole", "role", "GrantAssumeRole"),
    ];

    /// <summary>Null when CDK has none, or none is known here.</summary>
    public static (string Construct, string Method)? Find(string action)
    {
        foreach (var (actions, construct, method) in All)
            if (Glob.Matches(actions, action)) return (construct, method);
        return null;
    }
}
