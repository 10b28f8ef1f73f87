using System.Security.Cryptography;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

public class SqsTests
{
    private const string Queue = "https://sqs.eu-west-1.amazonaws.com/123456789012/commands";

    public static TheoryData<string, Func<AmazonSQSClient, Task>> Operations => new()
    {
        { "SendMessage", sqs => sqs.SendMessageAsync(new SendMessageRequest()) },
        { "SendMessageBatch", sqs => sqs.SendMessageBatchAsync(new SendMessageBatchRequest()) },
        { "ReceiveMessage", sqs => sqs.ReceiveMessageAsync(new ReceiveMessageRequest()) },
        { "DeleteMessage", sqs => sqs.DeleteMessageAsync(new DeleteMessageRequest()) },
        { "DeleteMessageBatch", sqs => sqs.DeleteMessageBatchAsync(new DeleteMessageBatchRequest()) },
        { "ChangeMessageVisibility", sqs => sqs.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest()) },
        { "ChangeMessageVisibilityBatch", sqs => sqs.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest()) },
        { "GetQueueAttributes", sqs => sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest()) },
        { "GetQueueUrl", sqs => sqs.GetQueueUrlAsync(new GetQueueUrlRequest()) },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_called_names_its_target_and_is_signed(string operation, Func<AmazonSQSClient, Task> call)
    {
        using var server = new StubServer(_ => Reply.Json(""));
        using var sqs = Clients.Sqs(server.Url);

        await call(sqs);

        var request = server.Only;
        Assert.Equal("AmazonSQS." + operation, request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.Equal("2012-11-05", request.Headers["x-amz-api-version"]);
        Assert.Equal("true", request.Headers["x-amzn-query-mode"]);
        Assert.Contains("/eu-west-1/sqs/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("{}", request.Body);
    }

    [Fact]
    public async Task Requests_filled_send_every_member()
    {
        using var server = new StubServer(_ => Reply.Json("{}"));
        using var sqs = Clients.Sqs(server.Url);
        var attributes = new Dictionary<string, MessageAttributeValue> { ["kind"] = new() { DataType = "String", StringValue = "submit" } };
        var system = new Dictionary<string, MessageSystemAttributeValue> { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = "Root=1" } };

        await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = Queue,
            MessageBody = "b",
            DelaySeconds = 5,
            MessageAttributes = attributes,
            MessageSystemAttributes = system,
            MessageGroupId = "g",
            MessageDeduplicationId = "d",
        });
        await sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = Queue, Entries = [new() { Id = "1", MessageBody = "b" }] });
        await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = Queue,
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = 20,
            VisibilityTimeout = 60,
            MessageSystemAttributeNames = ["All"],
            MessageAttributeNames = ["All"],
        });
        await sqs.DeleteMessageAsync(new DeleteMessageRequest { QueueUrl = Queue, ReceiptHandle = "r" });
        await sqs.DeleteMessageBatchAsync(new DeleteMessageBatchRequest { QueueUrl = Queue, Entries = [new() { Id = "1", ReceiptHandle = "r" }] });
        await sqs.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest { QueueUrl = Queue, ReceiptHandle = "r", VisibilityTimeout = 0 });
        await sqs.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest { QueueUrl = Queue, Entries = [new() { Id = "1", ReceiptHandle = "r", VisibilityTimeout = 60 }] });
        await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = Queue, AttributeNames = [QueueAttributeName.ApproximateNumberOfMessages] });
        await sqs.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = "commands", QueueOwnerAWSAccountId = "1" });

        Assert.Equal(
            [
                """{"DelaySeconds":5,"MessageAttributes":{"kind":{"DataType":"String","StringValue":"submit"}},"MessageBody":"b","MessageDeduplicationId":"d","MessageGroupId":"g","MessageSystemAttributes":{"AWSTraceHeader":{"DataType":"String","StringValue":"Root=1"}},"QueueUrl":"$Q"}""",
                """{"Entries":[{"Id":"1","MessageBody":"b"}],"QueueUrl":"$Q"}""",
                """{"MaxNumberOfMessages":10,"MessageAttributeNames":["All"],"MessageSystemAttributeNames":["All"],"QueueUrl":"$Q","VisibilityTimeout":60,"WaitTimeSeconds":20}""",
                """{"QueueUrl":"$Q","ReceiptHandle":"r"}""",
                """{"Entries":[{"Id":"1","ReceiptHandle":"r"}],"QueueUrl":"$Q"}""",
                """{"QueueUrl":"$Q","ReceiptHandle":"r","VisibilityTimeout":0}""",
                """{"Entries":[{"Id":"1","ReceiptHandle":"r","VisibilityTimeout":60}],"QueueUrl":"$Q"}""",
                """{"AttributeNames":["ApproximateNumberOfMessages"],"QueueUrl":"$Q"}""",
                """{"QueueName":"commands","QueueOwnerAWSAccountId":"1"}""",
            ],
            server.Requests.Select(request => request.Body.Replace(Queue, "$Q", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Messages_received_are_read_with_their_attributes()
    {
        const string Answer = """
            {"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"hällo","MD5OfBody":"$MD5","Attributes":{"ApproximateReceiveCount":"2"},
            "MessageAttributes":{"raw":{"DataType":"Binary","BinaryValue":"AQID"}}}]}
            """;
        using var server = new StubServer(_ => Reply.Json(Answer.Replace("$MD5", Md5("hällo"), StringComparison.Ordinal)));
        using var sqs = Clients.Sqs(server.Url);

        var message = Assert.Single((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = Queue })).Messages);

        Assert.Equal(("m", "r", "hällo", "2"), (message.MessageId, message.ReceiptHandle, message.Body, message.Attributes["ApproximateReceiveCount"]));
        Assert.Equal([1, 2, 3], message.MessageAttributes["raw"].BinaryValue.ToArray());
    }

    [Fact]
    public async Task Answers_without_lists_leave_them_null()
    {
        using var server = new StubServer(_ => Reply.Json("{}"));
        using var sqs = Clients.Sqs(server.Url);

        Assert.Null((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = Queue })).Messages);
        Assert.Null((await sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = Queue })).Failed);
        Assert.Null((await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = Queue })).Attributes);
    }

    [Fact]
    public async Task Batch_failed_in_part_tells_which_and_whose_fault()
    {
        using var server = new StubServer(_ => Reply.Json($$"""
            {"Successful":[{"Id":"1","MessageId":"m","MD5OfMessageBody":"{{Md5("a")}}"}],
            "Failed":[{"Id":"2","Code":"InternalError","Message":"try again","SenderFault":false}]}
            """));
        using var sqs = Clients.Sqs(server.Url);

        var response = await sqs.SendMessageBatchAsync(new SendMessageBatchRequest
        {
            QueueUrl = Queue,
            Entries = [new() { Id = "1", MessageBody = "a" }, new() { Id = "2", MessageBody = "b" }],
        });

        Assert.Equal("m", Assert.Single(response.Successful).MessageId);
        var failed = Assert.Single(response.Failed);
        Assert.Equal(("2", "InternalError", "try again", false), (failed.Id, failed.Code, failed.Message, failed.SenderFault));
    }

    [Fact]
    public async Task Visibility_changed_in_part_tells_which_receipt_is_lost()
    {
        using var server = new StubServer(_ => Reply.Json("""
            {"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","Code":"MessageNotInflight","Message":"not in flight","SenderFault":true}]}
            """));
        using var sqs = Clients.Sqs(server.Url);

        var response = await sqs.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest
        {
            QueueUrl = Queue,
            Entries = [new() { Id = "1", ReceiptHandle = "a", VisibilityTimeout = 60 }, new() { Id = "2", ReceiptHandle = "b", VisibilityTimeout = 0 }],
        });

        Assert.Equal("1", Assert.Single(response.Successful).Id);
        var failed = Assert.Single(response.Failed);
        Assert.Equal(("2", "MessageNotInflight", true), (failed.Id, failed.Code, failed.SenderFault));
    }

    [Fact]
    public async Task Digest_of_attributes_is_the_documented_one()
    {
        // Each name, type and value with its length in front; 1 before a text, 2 before bytes; sorted by name.
        byte[] digested =
        [
            0, 0, 0, 1, (byte)'a', 0, 0, 0, 6, .. "Binary"u8, 2, 0, 0, 0, 2, 7, 8,
            0, 0, 0, 1, (byte)'b', 0, 0, 0, 6, .. "String"u8, 1, 0, 0, 0, 1, (byte)'x',
        ];
        var digest = Md5(digested);
        using var server = new StubServer(_ => Reply.Json($$"""{"MessageId":"m","MD5OfMessageBody":"{{Md5("t")}}","MD5OfMessageAttributes":"{{digest}}"}"""));
        using var sqs = Clients.Sqs(server.Url);

        var response = await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = Queue,
            MessageBody = "t",
            MessageAttributes = new()
            {
                ["b"] = new() { DataType = "String", StringValue = "x" },
                ["a"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([7, 8]) },
            },
        });

        Assert.Equal(digest, response.MD5OfMessageAttributes);
    }

    [Theory]
    [InlineData("SendMessage", """{"MD5OfMessageBody":"00"}""")]
    [InlineData("SendMessage", """{"MD5OfMessageAttributes":"00"}""")]
    [InlineData("SendMessageBatch", """{"Successful":[{"Id":"1","MD5OfMessageBody":"00"}]}""")]
    [InlineData("SendMessageBatch", """{"Successful":[{"Id":"1"}]}""")]
    [InlineData("ReceiveMessage", """{"Messages":[{"Body":"x","MD5OfBody":"00"}]}""")]
    [InlineData("ReceiveMessage", """{"Messages":[{"Body":"x"}]}""")]
    public async Task Digest_that_differs_is_a_fault(string operation, string answer)
    {
        using var server = new StubServer(_ => Reply.Json(answer));
        using var sqs = Clients.Sqs(server.Url);
        var attributes = new Dictionary<string, MessageAttributeValue> { ["k"] = new() { DataType = "String", StringValue = "v" } };

        var thrown = await Assert.ThrowsAsync<AmazonSQSException>(() => operation switch
        {
            "SendMessage" => sqs.SendMessageAsync(new SendMessageRequest { MessageBody = "b", MessageAttributes = attributes }),
            "SendMessageBatch" => sqs.SendMessageBatchAsync(new SendMessageBatchRequest { Entries = [new() { Id = "1", MessageBody = "b" }] }),
            _ => (Task)sqs.ReceiveMessageAsync(new ReceiveMessageRequest()),
        });

        Assert.Contains("MD5", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_has_the_type_of_its_shape_and_the_code_of_the_query_header()
    {
        using var server = new StubServer(_ => Reply.Error(
            400,
            """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no such queue"}""",
            ("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")));
        using var sqs = Clients.Sqs(server.Url);

        var thrown = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.DeleteMessageAsync(new DeleteMessageRequest()));

        Assert.Equal(("AWS.SimpleQueueService.NonExistentQueue", Amazon.Runtime.ErrorType.Sender), (thrown.ErrorCode, thrown.ErrorType));
        Assert.Equal(("no such queue", "request-1"), (thrown.Message, thrown.RequestId));
    }

    [Theory]
    [InlineData("ReceiptHandleIsInvalid", typeof(ReceiptHandleIsInvalidException))]
    [InlineData("InvalidIdFormat", typeof(InvalidIdFormatException))]
    [InlineData("InvalidAddress", typeof(InvalidAddressException))]
    [InlineData("UnsupportedOperation", typeof(UnsupportedOperationException))]
    [InlineData("OverLimit", typeof(AmazonSQSException))]    // only ReceiveMessage declares it
    [InlineData("MessageNotInflight", typeof(AmazonSQSException))]
    public async Task DeleteMessage_refused_throws_the_exception_it_declares(string code, Type expected)
    {
        using var server = new StubServer(_ => Reply.Error(400, $$"""{"__type":"com.amazonaws.sqs#{{code}}"}"""));
        using var sqs = Clients.Sqs(server.Url);

        var thrown = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => sqs.DeleteMessageAsync(new DeleteMessageRequest()));

        Assert.Equal(expected, thrown.GetType());
    }

    [Fact]
    public async Task Throttle_is_tried_again()
    {
        var calls = 0;
        using var server = new StubServer(_ => ++calls == 1
            ? Reply.Error(403, """{"__type":"com.amazonaws.sqs#RequestThrottled"}""", ("x-amzn-query-error", "RequestThrottled;Sender"))
            : Reply.Json("""{"QueueUrl":"u"}"""));
        using var sqs = Clients.Sqs(server.Url);

        Assert.Equal("u", (await sqs.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = "q" })).QueueUrl);
        Assert.Equal(2, calls);
    }

    private static string Md5(string text) => Md5(Encoding.UTF8.GetBytes(text));

#pragma warning disable CA5351 // The digest that SQS uses.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
