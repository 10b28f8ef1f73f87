using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Access;

/// <summary>How SNS and SQS say on the wire that a key is refused.</summary>
public sealed class EncryptedCallTests
{
    private const string Resources = """
        {
          "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } }, "Action": "kms:*", "Resource": "*" } ] } } },
          "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts", "KmsMasterKeyId": { "Fn::GetAtt": ["Key", "Arn"] } } },
          "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox", "KmsMasterKeyId": { "Fn::GetAtt": ["Key", "Arn"] } } },
          "Keyless": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "keyless", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": ["sns:Publish", "sqs:*"], "Resource": "*" } ] } } ] } },
          "Keyed": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "keyed", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": ["sns:Publish", "sqs:*", "kms:GenerateDataKey*", "kms:Decrypt"], "Resource": "*" } ] } } ] } }
        }
        """;

    [Fact]
    public async Task Publish_without_the_key_is_KMSAccessDenied()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        using var keyless = Sns(stack, "Keyless");
        using var keyed = Sns(stack, "Keyed");
        var topic = stack.Host.Resources["Topic"];

        var denied = await Assert.ThrowsAsync<Amazon.SimpleNotificationService.Model.KMSAccessDeniedException>(
            () => keyless.PublishAsync(new() { TopicArn = topic, Message = "text" }));

        Assert.Equal(400, (int)denied.StatusCode);
        Assert.Contains(
            "perform: kms:GenerateDataKey on resource: arn:aws:kms:", denied.Message, StringComparison.Ordinal);
        Assert.NotNull((await keyed.PublishAsync(new() { TopicArn = topic, Message = "text" })).MessageId);
    }

    [Fact]
    public async Task Send_and_receive_without_the_key_are_KmsAccessDenied()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        using var keyless = stack.Sqs(stack.As("Keyless"));
        using var keyed = stack.Sqs(stack.As("Keyed"));
        var queue = stack.QueueUrl("Queue");
        await keyed.SendMessageAsync(queue, "text");

        var send = await Assert.ThrowsAsync<Amazon.SQS.Model.KmsAccessDeniedException>(
            () => keyless.SendMessageAsync(queue, "text"));
        var receive = await Assert.ThrowsAsync<Amazon.SQS.Model.KmsAccessDeniedException>(
            () => keyless.ReceiveMessageAsync(queue));

        Assert.Contains("kms:GenerateDataKey", send.Message, StringComparison.Ordinal);
        Assert.Contains("kms:Decrypt", receive.Message, StringComparison.Ordinal);
        Assert.Single((await keyed.ReceiveMessageAsync(queue)).Messages);
    }

    [Theory]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:jobs", true)]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:other", false)]
    public async Task Log_group_is_made_with_a_key_that_lets_Logs_use_it(string admitted, bool may)
    {
        var resources = JsonNode.Parse($$"""
            {
              "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Principal": { "Service": "logs.us-east-1.amazonaws.com" }, "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*"], "Resource": "*",
                  "Condition": { "ArnEquals": { "kms:EncryptionContext:aws:logs:arn": "{{admitted}}" } } } ] } } },
              "Group": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "jobs", "KmsKeyId": { "Fn::GetAtt": ["Key", "Arn"] } } }
            }
            """)!.ToJsonString();

        if (may) await (await EmulatedStack.StartAsync(resources)).DisposeAsync();
        else
        {
            var refused = await Assert.ThrowsAsync<Lapstack.Template.TemplateException>(
                () => EmulatedStack.StartAsync(resources));
            Assert.Contains(
                "Group (AWS::Logs::LogGroup): The specified KMS Key", refused.Message, StringComparison.Ordinal);
        }
    }

    private static AmazonSimpleNotificationServiceClient Sns(EmulatedStack stack, string role) => new(
        stack.As(role),
        new AmazonSimpleNotificationServiceConfig
        {
            ServiceURL = stack.Url,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });
}
