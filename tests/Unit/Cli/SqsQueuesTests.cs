using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Unit.Cli;

public sealed class SqsQueuesTests
{
    [Fact]
    public async Task Message_goes_back_with_its_attributes_but_without_the_reason_of_the_last_time()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = stack.QueueUrl("Dead"),
            MessageBody = "größe",
            MessageAttributes = new() { ["reason"] = Text("No such job."), ["traceparent"] = Text("00-1-2-01") },
        });

        Assert.Equal(1, await Queues(stack, sqs, "Uploads").MoveBackAsync("Uploads", 10, default));

        var back = await ReceiveAsync(stack, sqs);
        Assert.Equal(
            ("größe", "00-1-2-01"),
            (back.Body, Assert.Single(back.MessageAttributes, one => one.Key == "traceparent").Value.StringValue));
        Assert.False(back.MessageAttributes.ContainsKey("reason"));
        Assert.Equal(0, (await Queues(stack, sqs, "Uploads").DepthAsync("Uploads", deadLetters: true, default)).Total);
    }

    [Fact]
    public async Task Command_goes_back_with_all_who_sent_it_before()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();
        using (var job = stack.Sqs(stack.As("Sender"))) await job.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = stack.QueueUrl(),
                MessageBody = "{}",
                MessageAttributes = new() { ["senders"] = Text("AIDAFORGED") },
            });
        var received = await ReceiveAsync(stack, sqs);
        Assert.EndsWith(":test-session", received.Attributes["SenderId"], StringComparison.Ordinal);
        // It fails too often: SQS itself moves it.
        for (var i = 0; i < 2; i++)
        {
            await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = stack.QueueUrl(), VisibilityTimeout = 0 });
        }

        Assert.Equal(1, await Queues(stack, sqs, "Commands").MoveBackAsync("Commands", 10, default));

        var back = await ReceiveAsync(stack, sqs);
        Assert.Equal(
            $"AIDAFORGED,{received.Attributes["SenderId"]}", Assert.Single(back.MessageAttributes).Value.StringValue);
        Assert.NotEqual(received.Attributes["SenderId"], back.Attributes["SenderId"]);
    }

    private static SqsQueues Queues(EmulatedStack stack, AmazonSQSClient sqs, string name) =>
        new(sqs, new StackPlace("jobs", "us-east-1", stack.Url, new Dictionary<string, string>
        {
            [OutputNames.QueuePrefix + name] = stack.QueueUrl(),
            [OutputNames.DeadLettersPrefix + name] = stack.QueueUrl("Dead"),
        }));

    private static async Task<Message> ReceiveAsync(EmulatedStack stack, AmazonSQSClient sqs) =>
        Assert.Single((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = stack.QueueUrl(),
            VisibilityTimeout = 0,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["SenderId"],
        })).Messages);

    private static MessageAttributeValue Text(string text) => new() { DataType = "String", StringValue = text };
}
