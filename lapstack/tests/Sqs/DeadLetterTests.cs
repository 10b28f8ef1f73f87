using System.Text.Json.Nodes;
using Amazon.Runtime;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sqs;

/// <summary>Dead-letter queues: whose they are, and how messages go back.</summary>
public sealed class DeadLetterTests
{
    private const string Arn = "arn:aws:sqs:us-east-1:000000000000:";

    [Fact]
    public async Task Sources_of_a_dead_letter_queue_are_listed()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await CallAsync(
            stack, "ListDeadLetterSourceQueues", new() { ["QueueUrl"] = stack.QueueUrl("Dead") });

        Assert.Equal([stack.QueueUrl()], answer.Json["queueUrls"]!.AsArray().Select(url => (string?)url));
    }

    [Theory]
    [InlineData(null, "Inbox")]
    [InlineData(Arn + "other", "Other")]
    public async Task Redrive_moves_dead_letters_as_new_messages(string? destination, string queue)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        await BuryAsync(stack, 3);

        var started = await StartAsync(stack, destination);
        var moved = await stack.TakeAsync(queue);
        while (moved.Count < 3) moved = [.. moved, .. await stack.TakeAsync(queue)];

        Assert.NotEmpty((string)started.Json["TaskHandle"]!);
        Assert.Equal(["0", "1", "2"], moved.Select(message => message.Body).Order());
        Assert.All(
            moved,
            message =>
                Assert.Equal(
                    ("1", "tenant"),
                    (message.Attributes["ApproximateReceiveCount"], message.Attributes["MessageGroupId"])));
        Assert.All(moved, message => Assert.False(message.Attributes.ContainsKey("DeadLetterQueueSourceArn")));
        await Eventually.TrueAsync(async () => (string?)(await TaskAsync(stack))["Status"] == "COMPLETED");
        Assert.Equal(
            (3, 3),
            (
                (int)(await TaskAsync(stack))["ApproximateNumberOfMessagesMoved"]!,
                (int)(await TaskAsync(stack))["ApproximateNumberOfMessagesToMove"]!));
    }

    [Fact]
    public async Task Rate_is_kept_and_a_cancelled_task_leaves_the_rest()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(Resources, clock);
        await BuryAsync(stack, 3, clock);
        var handle = (string?)(await StartAsync(stack, null, rate: 1)).Json["TaskHandle"];
        await clock.TimerWithinAsync(TimeSpan.FromSeconds(1));

        var running = await TaskAsync(stack);
        var second = await StartAsync(stack, null);
        var cancelled = await CallAsync(stack, "CancelMessageMoveTask", new() { ["TaskHandle"] = handle });
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (string?)(await TaskAsync(stack))["Status"] == "CANCELLED");

        Assert.Equal(("RUNNING", 1), ((string?)running["Status"], (int)running["ApproximateNumberOfMessagesMoved"]!));
        Assert.Equal("com.amazonaws.sqs#UnsupportedOperation", (string?)second.Json["__type"]);
        Assert.Equal(1, (int)cancelled.Json["ApproximateNumberOfMessagesMoved"]!);
        Assert.Equal(2, (await stack.TakeAsync("Dead")).Count);
    }

    [Fact]
    public async Task Message_that_came_from_no_queue_fails_the_task_and_stays()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl("Dead"), MessageBody = "m" });

        await StartAsync(stack, null);
        await Eventually.TrueAsync(async () => (string?)(await TaskAsync(stack))["Status"] == "FAILED");

        Assert.Equal("CouldNotDetermineMessageSource", (string?)(await TaskAsync(stack))["FailureReason"]);
        Assert.Single(await stack.TakeAsync("Dead"));
    }

    [Theory]
    [InlineData(Arn + "inbox", 400, "Source queue must be configured as a Dead Letter Queue")]
    [InlineData(Arn + "nothing", 404, "SourceArn")]
    public async Task Source_must_be_a_dead_letter_queue(string source, int status, string why)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await CallAsync(stack, "StartMessageMoveTask", new() { ["SourceArn"] = source });

        Assert.Equal(status, answer.Status);
        Assert.Contains(why, (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Arn + "other", 200)]
    [InlineData(null, 403)]
    public async Task Role_must_be_let_into_the_queues_that_messages_go_to(string? destination, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        Assert.Equal(status, (await StartAsync(stack, destination, caller: stack.As("Mover"))).Status);
    }

    [Fact]
    public async Task Policies_of_the_template_are_among_a_queues_attributes()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        var answer = await CallAsync(
            stack,
            "GetQueueAttributes",
            new() { ["QueueUrl"] = stack.QueueUrl(), ["AttributeNames"] = new JsonArray("All") });

        var policy = JsonNode.Parse((string)answer.Json["Attributes"]!["Policy"]!)!;
        Assert.Equal("events.amazonaws.com", (string?)policy["Statement"]![0]!["Principal"]!["Service"]);
    }

    /// <summary>
    /// Receives messages so often that they are moved to the dead-letter queue, of which the queue's timeout is zero.
    /// </summary>
    private static async Task BuryAsync(EmulatedStack stack, int count, ManualClock? clock = null)
    {
        using var sqs = stack.Sqs();
        for (var n = 0; n < count; n++)
            await CallAsync(
                stack,
                "SendMessage",
                new() { ["QueueUrl"] = stack.QueueUrl(), ["MessageBody"] = $"{n}", ["MessageGroupId"] = "tenant" });
        for (var receive = 0; receive < 2; receive++)
        {
            await sqs.ReceiveMessageAsync(
                new Amazon.SQS.Model.ReceiveMessageRequest
                {
                    QueueUrl = stack.QueueUrl(),
                    MaxNumberOfMessages = 10,
                    VisibilityTimeout = 0,
                });
            clock?.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private static Task<SignedCall.Answer> StartAsync(
        EmulatedStack stack, string? destination, int? rate = null, AWSCredentials? caller = null)
    {
        var input = new JsonObject { ["SourceArn"] = Arn + "dead" };
        if (destination is not null) input["DestinationArn"] = destination;
        if (rate is not null) input["MaxNumberOfMessagesPerSecond"] = rate;
        return CallAsync(stack, "StartMessageMoveTask", input, caller);
    }

    private static async Task<JsonNode> TaskAsync(EmulatedStack stack) =>
        (await CallAsync(stack, "ListMessageMoveTasks", new() { ["SourceArn"] = Arn + "dead" })).Json["Results"]![0]!;

    private static Task<SignedCall.Answer> CallAsync(
        EmulatedStack stack, string operation, JsonObject input, AWSCredentials? caller = null) =>
        stack.JsonAsync("sqs", $"AmazonSQS.{operation}", input.ToJsonString(), caller);

    private const string Resources = """
        {
          "Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
          "Other": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "other" } },
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox",
            "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 1 } } },
          "Mover": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "mover", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": "sqs:*", "Resource": [ { "Fn::GetAtt": ["Dead", "Arn"] }, { "Fn::GetAtt": ["Other", "Arn"] } ] } ] } } ] } }
        }
        """;
}
