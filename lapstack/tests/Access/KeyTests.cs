namespace Lapstack.Tests.Access;

/// <summary>What is encrypted takes the use of its key, by the caller, as the key's policy says.</summary>
public sealed class KeyTests
{
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:alerts";
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:inbox";
    private const string Object = "arn:aws:s3:::uploads/a.csv";
    private const string Table = "arn:aws:dynamodb:us-east-1:000000000000:table/runs";
    private const string Alarm = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:dead";

    private const string Root = """{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::000000000000:root" }, "Action": "kms:*", "Resource": "*" }""";
    private const string Alarms = """{ "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": ["kms:Decrypt", "kms:GenerateDataKey*"], "Resource": "*", "Condition": { "StringEquals": { "aws:SourceAccount": "000000000000" } } }""";
    private const string OtherAlarms = """{ "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "kms:*", "Resource": "*", "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:other" } } }""";
    private const string AlarmsDecrypt = """{ "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "kms:Decrypt", "Resource": "*" }""";
    private const string Worker = """{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::000000000000:role/worker" }, "Action": "kms:*", "Resource": "*" }""";
    private const string WorkerByS3 = """{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::000000000000:role/worker" }, "Action": "kms:*", "Resource": "*", "Condition": { "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } }""";

    /// <summary>The key's policy, who does what, and the use of the key that is refused.</summary>
    public static TheoryData<string, string, string, string, string?> Cases => new()
    {
        { Alarms, "cloudwatch.amazonaws.com", "sns:Publish", Topic, null },
        { Root, "cloudwatch.amazonaws.com", "sns:Publish", Topic, "kms:GenerateDataKey" },
        { AlarmsDecrypt, "cloudwatch.amazonaws.com", "sns:Publish", Topic, "kms:GenerateDataKey" },
        { OtherAlarms, "cloudwatch.amazonaws.com", "sns:Publish", Topic, "kms:GenerateDataKey" },
        { Alarms, "events.amazonaws.com", "sqs:SendMessage", Queue, "kms:GenerateDataKey" },
        { Worker, "worker", "sns:Publish", Topic, null },
        { Root, "worker", "sns:Publish", Topic, "kms:GenerateDataKey" },
        { Alarms, "worker", "sqs:SendMessage", Queue, "kms:GenerateDataKey" },
        { Root, "worker", "sqs:ReceiveMessage", Queue, "kms:Decrypt" },
        { Root, "worker", "sqs:DeleteMessage", Queue, null },
        { Root, "worker", "s3:PutObject", Object, "kms:GenerateDataKey" },
        { Root, "worker", "s3:GetObject", Object, "kms:Decrypt" },
        { Root, "worker", "s3:DeleteObject", Object, null },
        { WorkerByS3, "worker", "s3:GetObject", Object, null },
        { WorkerByS3, "worker", "dynamodb:PutItem", Table, "kms:Decrypt" },
        { Root, "worker", "dynamodb:Query", $"{Table}/index/watch", "kms:Decrypt" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Key_is_used_by_whom_its_policy_lets(
        string statement, string caller, string action, string resource, string? refused)
    {
        var bench = new AccessBench(Encrypted("""{ "Fn::GetAtt": ["Key", "Arn"] }""", statement));

        var sentence = bench.Ask(caller, action, resource, Alarm);

        if (refused is null) Assert.Null(sentence);
        else
        {
            var arn = caller.Contains('.', StringComparison.Ordinal)
                ? caller
                : $"arn:aws:sts::000000000000:assumed-role/{caller}/s";
            Assert.StartsWith(
                $"User: {arn} is not authorized to perform: {refused} on resource: {AccessBench.Key} because no ",
                sentence,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"k\"")]
    [InlineData("\"alias/mine\"")]
    [InlineData("\"arn:aws:kms:us-east-1:000000000000:alias/mine\"")]
    [InlineData("""{ "Ref": "Key" }""")]
    public void Key_is_found_by_whatever_name_the_template_gives_it(string name)
    {
        var bench = new AccessBench(Encrypted(name, Alarms));

        Assert.Null(bench.Ask("cloudwatch.amazonaws.com", "sns:Publish", Topic, Alarm));
        Assert.Contains(AccessBench.Key, bench.Ask("worker", "sns:Publish", Topic), StringComparison.Ordinal);
    }

    [Fact]
    public void Own_key_of_sns_serves_the_accounts_roles_and_no_service()
    {
        var bench = new AccessBench(Encrypted("\"alias/aws/sns\"", Root));

        Assert.Null(bench.Ask("worker", "sns:Publish", Topic));
        Assert.Equal(
            "User: cloudwatch.amazonaws.com is not authorized to perform: kms:GenerateDataKey on resource: " +
            "arn:aws:kms:us-east-1:000000000000:alias/aws/sns because no resource-based policy allows the " +
            "kms:GenerateDataKey action",
            bench.Ask("cloudwatch.amazonaws.com", "sns:Publish", Topic, Alarm));
    }

    [Fact]
    public void Key_of_another_stack_leaves_it_to_IAM_and_is_not_asked_about_services()
    {
        var bench = new AccessBench(Encrypted("\"arn:aws:kms:us-east-1:000000000000:key/theirs\"", Root));

        Assert.Null(bench.Ask("cloudwatch.amazonaws.com", "sns:Publish", Topic, Alarm));
        Assert.Contains(
            "no identity-based policy allows the kms:GenerateDataKey action",
            bench.Ask("worker", "sns:Publish", Topic),
            StringComparison.Ordinal);
    }

    /// <summary>
    /// The worker and the services may do everything with what is encrypted, and nothing with the key.
    /// </summary>
    private static string Encrypted(string key, string keyStatement) => $$"""
        {
          "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": { "Version": "2012-10-17", "Statement": [ {{keyStatement}} ] } } },
          "Alias": { "Type": "AWS::KMS::Alias", "Properties": { "AliasName": "alias/mine", "TargetKeyId": { "Fn::GetAtt": ["Key", "Arn"] } } },
          "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts", "KmsMasterKeyId": {{key}} } },
          "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox", "KmsMasterKeyId": {{key}} } },
          "Bucket": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "uploads", "BucketEncryption": { "ServerSideEncryptionConfiguration": [
            { "ServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {{key}} } } ] } } },
          "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "runs", "SSESpecification": { "SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": {{key}} } } },
          "TopicPolicy": { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [ { "Ref": "Topic" } ], "PolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "sns:Publish", "Resource": "*" } ] } } },
          "QueuePolicy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ "https://sqs/inbox" ], "PolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": "*" } ] } } },
          "May": { "Type": "AWS::IAM::Policy", "Properties": { "PolicyName": "may", "Roles": [ { "Ref": "Worker" } ], "PolicyDocument": { "Version": "2012-10-17",
            "Statement": [ { "Effect": "Allow", "Action": ["sns:*", "sqs:*", "s3:*", "dynamodb:*"], "Resource": "*" } ] } } }
        }
        """;
}
