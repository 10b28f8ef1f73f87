using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sqs;

/// <summary>The life of a message. The client itself compares the digests of body and attributes.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task Message_comes_with_body_attributes_and_what_sqs_says_about_it()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using var sqs = stack.Sqs();
        var sent = await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = stack.QueueUrl(),
            MessageBody = "grüße \"1\"",
            MessageAttributes = new()
            {
                ["kind"] = new() { DataType = "String", StringValue = "á" },
                ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
                ["count"] = new() { DataType = "Number.int", StringValue = "7" },
            },
        });
        clock.Advance(TimeSpan.FromSeconds(5));

        var message = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));

        Assert.Equal(sent.MessageId, message.MessageId);
        Assert.Equal("grüße \"1\"", message.Body);
        Assert.Equal(["bytes", "count", "kind"], message.MessageAttributes.Keys.Order());
        Assert.Equal([1, 2, 3], message.MessageAttributes["bytes"].BinaryValue.ToArray());
        Assert.Equal("000000000000", message.Attributes["SenderId"]);
        Assert.Equal("1", message.Attributes["ApproximateReceiveCount"]);
        var sentAt = long.Parse(message.Attributes["SentTimestamp"], CultureInfo.InvariantCulture);
        Assert.Equal(new ManualClock().GetUtcNow().ToUnixTimeMilliseconds(), sentAt);
        Assert.Equal($"{sentAt + 5000}", message.Attributes["ApproximateFirstReceiveTimestamp"]);
    }

    [Fact]
    public async Task Received_message_is_hidden_until_its_timeout_and_then_counts_again()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "m" });
        var first = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await ReceiveAsync(sqs, stack.QueueUrl()));
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));

        Assert.Equal("2", second.Attributes["ApproximateReceiveCount"]);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
    }

    [Fact]
    public async Task Deleted_message_never_comes_back_and_an_outdated_handle_deletes_nothing()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "m" });
        var first = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));
        clock.Advance(TimeSpan.FromSeconds(60));
        var second = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));

        await sqs.DeleteMessageAsync(new() { QueueUrl = stack.QueueUrl(), ReceiptHandle = first.ReceiptHandle });
        Assert.Equal(1, await CountAsync(sqs, stack.QueueUrl(), "ApproximateNumberOfMessagesNotVisible"));
        await sqs.DeleteMessageAsync(new() { QueueUrl = stack.QueueUrl(), ReceiptHandle = second.ReceiptHandle });
        await sqs.DeleteMessageAsync(new() { QueueUrl = stack.QueueUrl(), ReceiptHandle = second.ReceiptHandle });

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(await ReceiveAsync(sqs, stack.QueueUrl()));
    }

    [Fact]
    public async Task Message_received_too_often_moves_to_the_dead_letter_queue_with_its_history()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using var sqs = stack.Sqs();
        var sent = await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "poison" });
        for (var i = 0; i < 2; i++)
        {
            Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));
            clock.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Empty(await ReceiveAsync(sqs, stack.QueueUrl()));
        var dead = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl("Dead")));

        Assert.Equal(sent.MessageId, dead.MessageId);
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:inbox", dead.Attributes["DeadLetterQueueSourceArn"]);
        Assert.Equal("3", dead.Attributes["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task Delayed_message_is_invisible_until_its_time()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "later", DelaySeconds = 90 });

        Assert.Equal(1, await CountAsync(sqs, stack.QueueUrl(), "ApproximateNumberOfMessagesDelayed"));
        clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Empty(await ReceiveAsync(sqs, stack.QueueUrl()));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));
    }

    [Fact]
    public async Task Message_older_than_the_retention_period_is_dropped()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "old" });
        clock.Advance(TimeSpan.FromHours(1));
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "new" });

        Assert.Equal(["new"], (await ReceiveAsync(sqs, stack.QueueUrl())).Select(m => m.Body));
    }

    [Fact]
    public async Task Visibility_set_to_zero_gives_the_message_back_at_once()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, new ManualClock());
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "m" });
        var first = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));

        await sqs.ChangeMessageVisibilityAsync(
            new() { QueueUrl = stack.QueueUrl(), ReceiptHandle = first.ReceiptHandle, VisibilityTimeout = 0 });

        await Assert.ThrowsAsync<MessageNotInflightException>(
            () =>
                sqs.ChangeMessageVisibilityAsync(
                    new()
                    {
                        QueueUrl = stack.QueueUrl(),
                        ReceiptHandle = first.ReceiptHandle,
                        VisibilityTimeout = 10,
                    }));
        Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl()));
    }

    [Fact]
    public async Task Receive_with_a_timeout_of_zero_gives_no_message_twice()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, new ManualClock());
        using var sqs = stack.Sqs();
        foreach (var body in (string[])["a", "b"])
        {
            await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = body });
        }

        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = stack.QueueUrl(), MaxNumberOfMessages = 10, VisibilityTimeout = 0 });

        Assert.Equal(["a", "b"], received.Messages.Select(m => m.Body));
    }

    [Fact]
    public async Task Long_poll_returns_as_soon_as_a_message_arrives()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, new ManualClock());
        using var sqs = stack.Sqs();
        var receive = sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = stack.QueueUrl(), WaitTimeSeconds = 20 });

        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "now" });

        Assert.Equal("now", Assert.Single((await receive).Messages).Body);
    }

    [Fact]
    public async Task Many_receivers_never_get_the_same_message()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, new ManualClock());
        using var sqs = stack.Sqs();
        for (var batch = 0; batch < 20; batch++)
        {
            var entries = Enumerable.Range(0, 10)
                .Select(i => new SendMessageBatchRequestEntry { Id = $"{i}", MessageBody = $"{batch}-{i}" })
                .ToList();
            Assert.Equal(
                10,
                (
                    await sqs.SendMessageBatchAsync(new()
                    {
                        QueueUrl = stack.QueueUrl(),
                        Entries = entries
                    })).Successful.Count);
        }

        var received = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DrainAsync(sqs, stack.QueueUrl())));

        Assert.Equal(200, received.Sum(bodies => bodies.Count));
        Assert.Equal(200, received.SelectMany(bodies => bodies).Distinct().Count());
    }

    [Fact]
    public async Task Restart_brings_messages_in_flight_back_with_their_counts_and_keeps_the_deleted_away()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template, clock);
        using (var sqs = stack.Sqs())
        {
            foreach (var body in (string[])["done", "held", "waiting"])
            {
                await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = body });
            }

            await sqs.SendMessageAsync(
                new() { QueueUrl = stack.QueueUrl(), MessageBody = "delayed", DelaySeconds = 30 });
            var done = Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl(), max: 1));
            await sqs.DeleteMessageAsync(new() { QueueUrl = stack.QueueUrl(), ReceiptHandle = done.ReceiptHandle });
            Assert.Equal("held", Assert.Single(await ReceiveAsync(sqs, stack.QueueUrl(), max: 1)).Body);
        }

        await stack.RestartAsync(clock);

        using var again = stack.Sqs();
        var messages = await ReceiveAsync(again, stack.QueueUrl());
        Assert.Equal(
            [("held", "2"), ("waiting", "1")], messages.Select(m => (m.Body, m.Attributes["ApproximateReceiveCount"])));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("delayed", Assert.Single(await ReceiveAsync(again, stack.QueueUrl())).Body);
    }

    private static async Task<List<Message>> ReceiveAsync(AmazonSQSClient sqs, string url, int max = 10)
    {
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = max,
            MessageSystemAttributeNames = ["All"],
            MessageAttributeNames = ["All"],
        });
        return response.Messages ?? [];
    }

    private static async Task<List<string>> DrainAsync(AmazonSQSClient sqs, string url)
    {
        List<string> bodies = [];
        while (await ReceiveAsync(sqs, url, 3) is { Count: > 0 } messages)
        {
            bodies.AddRange(messages.Select(m => m.Body));
        }

        return bodies;
    }

    private static async Task<int> CountAsync(AmazonSQSClient sqs, string url, string attribute)
    {
        var response = await sqs.GetQueueAttributesAsync(new() { QueueUrl = url, AttributeNames = [attribute] });
        return int.Parse(response.Attributes[attribute], CultureInfo.InvariantCulture);
    }
}
