namespace Lapstack.Tests.Access;

/// <summary>What who watches is told of a refusal, beside AWS's sentence.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::uploads/a/b.csv", "bucket.GrantRead", "bucket is App/Uploads")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::uploads", "bucket.GrantRead", "bucket is App/Uploads")]
    [InlineData("s3:PutObject", "arn:aws:s3:::uploads/a", "bucket.GrantPut", "bucket is App/Uploads")]
    [InlineData("s3:DeleteObject", "arn:aws:s3:::uploads/a", "bucket.GrantDelete", "bucket is App/Uploads")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:inbox",
        "queue.GrantSendMessages", "queue is App/Inbox")]
    [InlineData("sqs:DeleteMessage", "arn:aws:sqs:us-east-1:000000000000:inbox",
        "queue.GrantConsumeMessages", "queue is App/Inbox")]
    [InlineData("sns:Publish", "arn:aws:sns:us-east-1:000000000000:alerts",
        "topic.GrantPublish", "topic is App/Alerts")]
    [InlineData("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:000000000000:table/runs",
        "table.GrantReadData", "table is App/Runs")]
    [InlineData("dynamodb:Query", "arn:aws:dynamodb:us-east-1:000000000000:table/runs/index/watch",
        "table.GrantReadData", "table is App/Runs")]
    [InlineData("dynamodb:PutItem", "arn:aws:dynamodb:us-east-1:000000000000:table/runs",
        "table.GrantReadWriteData", "table is App/Runs")]
    [InlineData("ssm:GetParameter", "arn:aws:ssm:us-east-1:000000000000:parameter/limit",
        "parameter.GrantRead", "parameter is App/Limit")]
    [InlineData("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:000000000000:secret:token",
        "secret.GrantRead", "secret is App/Token")]
    [InlineData("kms:Decrypt", AccessBench.Key, "key.GrantDecrypt", "key is App/Key")]
    [InlineData("events:PutEvents", "arn:aws:events:us-east-1:000000000000:event-bus/orders",
        "bus.GrantPutEventsTo", "bus is App/Orders")]
    [InlineData("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:000000000000:function:tick",
        "function.GrantInvoke", "function is App/Tick")]
    [InlineData("logs:PutLogEvents", "arn:aws:logs:us-east-1:000000000000:log-group:jobs:log-stream:s",
        "logGroup.GrantWrite", "logGroup is App/Log")]
    public void Role_is_told_the_statement_and_the_grant_with_the_constructs(
        string action, string resource, string grant, string construct)
    {
        var bench = new AccessBench();

        var sentence = bench.Ask("worker", action, resource);

        Assert.Equal(
            $$"""
            {{sentence}}. Grant role arn:aws:iam::000000000000:role/worker: {"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"} In CDK: {{grant}}(grantee) ({{construct}}, grantee is App/Worker/Role)
            """,
            Assert.Single(bench.Reports));
    }

    [Fact]
    public void Service_is_told_the_statement_of_the_resources_policy()
    {
        var bench = new AccessBench();

        bench.Ask("sns.amazonaws.com", "sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:inbox");

        Assert.EndsWith(
            """
            Add to the policy of arn:aws:sqs:us-east-1:000000000000:inbox: {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:000000000000:inbox","Principal":{"Service":"sns.amazonaws.com"}} In CDK: queue.GrantSendMessages(new ServicePrincipal("sns.amazonaws.com")) (queue is App/Inbox)
            """,
            Assert.Single(bench.Reports),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Action_without_a_known_grant_is_told_the_statement_alone()
    {
        var bench = new AccessBench();

        bench.Ask("worker", "s3:RestoreObject", "arn:aws:s3:::uploads/a");

        Assert.EndsWith(
            """role/worker: {"Effect":"Allow","Action":"s3:RestoreObject","Resource":"arn:aws:s3:::uploads/a"}""",
            Assert.Single(bench.Reports),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "because no identity-based policy allows the s3:GetObject action", "Grant role ")]
    [InlineData("""
        "Policies": [ { "PolicyName": "all", "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "*", "Resource": "*" } ] } } ],
        "PermissionsBoundary": { "Ref": "Boundary" },
        """,
        "because no permissions boundary allows the s3:GetObject action", "Add to the permissions boundary of role ")]
    [InlineData("""
        "Policies": [ { "PolicyName": "shut", "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } ] } } ],
        """,
        "with an explicit deny in an identity-based policy", "Policy shut denies it.")]
    [InlineData("""
        "Policies": [ { "PolicyName": "home", "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "s3:*", "Resource": "*",
          "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-west-1" } } } ] } } ],
        """,
        "because no identity-based policy allows the s3:GetObject action", "Policy home allows it under a condition")]
    public void Reason_is_the_policy_that_stands_in_the_way(string properties, string because, string remedy)
    {
        var bench = new AccessBench($$"""
            {
              "Boundary": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": "sqs:*", "Resource": "*" } ] } } },
              "Worker": { "Type": "AWS::IAM::Role", "Properties": { {{properties}} "RoleName": "worker", "AssumeRolePolicyDocument": {} } }
            }
            """);

        var sentence = bench.Ask("worker", "s3:GetObject", "arn:aws:s3:::uploads/a");

        Assert.EndsWith(because, sentence, StringComparison.Ordinal);
        Assert.StartsWith($"{sentence}. {remedy}", Assert.Single(bench.Reports), StringComparison.Ordinal);
    }
}
