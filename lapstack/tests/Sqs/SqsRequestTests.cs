using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sqs;

/// <summary>What requests are refused with, who may make them, and the operations around the messages.</summary>
public sealed class SqsRequestTests
{
    private const string ArnStart = "arn:aws:sqs:us-east-1:000000000000:";

    [Fact]
    public async Task Unknown_queue_is_refused_with_both_codes()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();

        var refused = await Assert.ThrowsAsync<QueueDoesNotExistException>(
            () => sqs.SendMessageAsync(new() { QueueUrl = stack.Url + "000000000000/absent", MessageBody = "m" }));
        var raw = await CallAsync(stack, "GetQueueUrl", new JsonObject { ["QueueName"] = "absent" });

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(
            ("com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue;Sender"),
            ((string?)raw.Body["__type"], raw.QueryError));
    }

    [Theory]
    [InlineData("SendMessage", """{"MessageBody":""}""", "MissingParameter", "MessageBody")]
    [InlineData("SendMessage", """{"MessageBody":"m","DelaySeconds":901}""", "InvalidParameterValue", "DelaySeconds")]
    [InlineData("SendMessage", """{"MessageBody":"\u0001"}""", "InvalidMessageContents", "#x20")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageDeduplicationId":"d"}""", "InvalidParameterValue", "FIFO")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageGroupId":"a b"}""", "InvalidParameterValue",
        "MessageGroupId")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"k..x":{"DataType":"String","StringValue":"x"}}}""", "InvalidParameterValue", "'k..x'")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"aws.x":{"DataType":"String","StringValue":"x"}}}""", "InvalidParameterValue", "'aws.x'")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"x.":{"DataType":"String","StringValue":"x"}}}""", "InvalidParameterValue", "'x.'")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"a/b":{"DataType":"String","StringValue":"x"}}}""", "InvalidParameterValue", "'a/b'")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"a":{"DataType":"String","StringValue":"\u0002"}}}""", "InvalidMessageContents", "#x20")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"a":{"DataType":"Text","StringValue":"x"}}}""", "InvalidParameterValue", "'a'")]
    [InlineData("SendMessage", """{"MessageBody":"m","MessageAttributes":{"a":{"DataType":"Number","StringValue":"x"}}}""", "InvalidParameterValue", "number")]
    [InlineData("SendMessageBatch", """{"Entries":[]}""", "AWS.SimpleQueueService.EmptyBatchRequest", "at least one")]
    [InlineData("SendMessageBatch", """{"Entries":[{"Id":"a","MessageBody":"1"},{"Id":"a","MessageBody":"2"}]}""",
        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "a repeated")]
    [InlineData("SendMessageBatch", """{"Entries":[{"Id":"a b","MessageBody":"1"}]}""",
        "AWS.SimpleQueueService.InvalidBatchEntryId", "hyphens")]
    [InlineData("ReceiveMessage", """{"MaxNumberOfMessages":11}""", "InvalidParameterValue", "between 1 and 10")]
    [InlineData("ReceiveMessage", """{"WaitTimeSeconds":21}""", "InvalidParameterValue", "between 0 and 20")]
    [InlineData("DeleteMessage", """{"ReceiptHandle":"nonsense"}""", "ReceiptHandleIsInvalid", "nonsense")]
    [InlineData("GetQueueAttributes", """{"AttributeNames":["Colour"]}""", "InvalidAttributeName", "Colour")]
    public async Task Bad_request_is_refused_with_its_code_and_reason(
        string operation, string input, string code, string reason)
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        var body = JsonNode.Parse(input)!.AsObject();
        body["QueueUrl"] = stack.QueueUrl();

        var answer = await CallAsync(stack, operation, body);

        Assert.Equal((400, $"{code};Sender"), (answer.Status, answer.QueryError));
        Assert.Contains(reason, (string?)answer.Body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_entries_succeed_and_fail_each_for_itself()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();

        var answer = await sqs.SendMessageBatchAsync(new()
        {
            QueueUrl = stack.QueueUrl(),
            Entries =
            [
                new() { Id = "good", MessageBody = "m" }, new() { Id = "bad", MessageBody = "m", DelaySeconds = 1000 },
            ],
        });

        Assert.Equal("good", Assert.Single(answer.Successful).Id);
        var failed = Assert.Single(answer.Failed);
        Assert.Equal(("bad", "InvalidParameterValue", true), (failed.Id, failed.Code, failed.SenderFault));
    }

    [Fact]
    public async Task Batch_larger_than_a_mebibyte_is_refused_whole()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();
        var half = new string('x', 600_000);

        await Assert.ThrowsAsync<BatchRequestTooLongException>(() => sqs.SendMessageBatchAsync(new()
        {
            QueueUrl = stack.QueueUrl(),
            Entries = [new() { Id = "a", MessageBody = half }, new() { Id = "b", MessageBody = half }],
        }));
    }

    [Fact]
    public async Task Role_may_do_what_its_policy_grants_and_is_the_sender()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var owner = stack.Sqs();
        using var role = stack.Sqs(stack.As("Sender", "task-7"));

        await role.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "mine" });
        var denied = await Assert.ThrowsAsync<AmazonSQSException>(() => role.ReceiveMessageAsync(stack.QueueUrl()));

        Assert.Equal(403, (int)denied.StatusCode);
        Assert.Contains($"sqs:ReceiveMessage on resource: {ArnStart}inbox", denied.Message, StringComparison.Ordinal);
        var received = await owner.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = stack.QueueUrl(), MessageSystemAttributeNames = ["SenderId"] });
        Assert.EndsWith(":task-7", Assert.Single(received.Messages).Attributes["SenderId"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_attributes_come_only_when_asked_for()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();

        var none = await CallAsync(stack, "GetQueueAttributes", new JsonObject { ["QueueUrl"] = stack.QueueUrl() });
        var all = (
            await sqs.GetQueueAttributesAsync(new()
            {
                QueueUrl = stack.QueueUrl(),
                AttributeNames = ["All"]
            })).Attributes;

        Assert.Empty(none.Body);
        Assert.Equal(ArnStart + "inbox", all["QueueArn"]);
        Assert.Equal(
            ("60", "3600", "0"),
            (all["VisibilityTimeout"], all["MessageRetentionPeriod"], all["ApproximateNumberOfMessages"]));
        Assert.Equal($$"""{"deadLetterTargetArn":"{{ArnStart}}dead","maxReceiveCount":2}""", all["RedrivePolicy"]);
    }

    [Fact]
    public async Task Queues_are_listed_page_by_page()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);

        var first = await CallAsync(stack, "ListQueues", new JsonObject { ["MaxResults"] = 1 });
        var second = await CallAsync(
            stack,
            "ListQueues",
            new JsonObject { ["MaxResults"] = 1, ["NextToken"] = (string?)first.Body["NextToken"] });

        Assert.Equal(stack.QueueUrl("Dead"), (string?)first.Body["QueueUrls"]![0]);
        Assert.Equal(stack.QueueUrl(), (string?)second.Body["QueueUrls"]![0]);
        Assert.Null(second.Body["NextToken"]);
    }

    [Fact]
    public async Task Purge_empties_the_queue_and_needs_a_minute_before_the_next()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, new ManualClock());
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "m" });
        var input = new JsonObject { ["QueueUrl"] = stack.QueueUrl() };

        Assert.Equal(200, (await CallAsync(stack, "PurgeQueue", input)).Status);
        var again = await CallAsync(stack, "PurgeQueue", input);

        Assert.Equal((403, "AWS.SimpleQueueService.PurgeQueueInProgress;Sender"), (again.Status, again.QueryError));
        Assert.Null((await sqs.ReceiveMessageAsync(stack.QueueUrl())).Messages?.FirstOrDefault());
    }

    [Fact]
    public async Task Fifo_queue_in_the_template_is_refused_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() => EmulatedStack.StartAsync(
            """{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"q.fifo","FifoQueue":true}}}"""));

        Assert.Contains("Q (AWS::SQS::Queue)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("FifoQueue", refused.Message, StringComparison.Ordinal);
    }

    private static Task<RawCall.Answer> CallAsync(EmulatedStack stack, string operation, JsonObject input) =>
        RawCall.JsonAsync(stack.Url, $"AmazonSQS.{operation}", input.ToJsonString());
}
