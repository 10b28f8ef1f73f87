using System.Text.Json;
using Amazon.SQS.Model;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Messages that did not come from our own upload: repeated, malformed, about objects that are gone.</summary>
[Collection(LaptopCollection.Name)]
public sealed class InboxTests(RunningLaptop stack)
{
    private string Inbox => stack.Resource("JobsFunctionsUploadsQueue");

    private string DeadLetters => stack.Resource("JobsFunctionsUploadsDeadLettersQueue");

    [Fact]
    public async Task Event_delivered_three_times_makes_one_run_with_one_task()
    {
        var id = await stack.UploadAsync("csv-import", "incoming/repeated.csv", "a\n1\n");
        var upload = Upload.TryParse((await stack.EndOfAsync(id)).Run.Input)!;

        await SendAsync(Message("csv-import", upload));
        await SendAsync(Message("csv-import", upload));
        await InboxIsEmptyAsync();

        var after = await stack.EndOfAsync(id);
        Assert.Equal(1, after.Run.Launch);
        Assert.Equal(RunState.Succeeded, after.Run.State);
    }

    [Fact]
    public async Task Object_deleted_before_the_worker_reads_it_fails_with_the_reason()
    {
        var upload = new Upload(stack.Laptop.Bucket, "incoming/gone.csv", 5)
        {
            VersionId = "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
            ETag = "b1946ac92492d2347c6235b4d2611184",
        };
        await SendAsync(Message("csv-import", upload));

        var reading = await stack.EndOfAsync(UploadIntake.Identify("csv-import", upload));

        Assert.Equal(RunState.Failed, reading.Run.State);
        Assert.Contains("incoming/gone.csv", reading.Run.Verdict!.Sentence, StringComparison.Ordinal);
        Assert.Single(await stack.MailAsync(reading.Run.Id.ToString()));
    }

    [Theory]
    [InlineData("this is not JSON", "not an upload rule's output")]
    [InlineData("""{"job":"csv-import","trigger":"x","event":{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification"}}""", "not 'Object Created'")]
    public async Task Message_that_can_never_succeed_goes_to_the_dead_letters_with_the_reason(
        string body, string reason)
    {
        await SendAsync(body);

        var letter = await stack.WaitAsync($"a dead letter about {reason}", async () =>
        {
            var received = await stack.Queues.ReceiveMessageAsync(new ReceiveMessageRequest
            {
                QueueUrl = DeadLetters,
                MessageAttributeNames = ["All"],
                MaxNumberOfMessages = 10,
                VisibilityTimeout = 0,
            });
            return received.Messages?.FirstOrDefault(message => message.Body == body);
        });

        Assert.Contains(reason, letter.MessageAttributes["reason"].StringValue, StringComparison.Ordinal);
        await stack.Queues.DeleteMessageAsync(
            new DeleteMessageRequest { QueueUrl = DeadLetters, ReceiptHandle = letter.ReceiptHandle });
    }

    private async Task SendAsync(string body) =>
        await stack.Queues.SendMessageAsync(new SendMessageRequest { QueueUrl = Inbox, MessageBody = body });

    private async Task InboxIsEmptyAsync() => await stack.WaitAsync("an empty inbox", async () =>
    {
        var answer = await stack.Queues.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = Inbox, AttributeNames = ["All"] });
        return answer.Attributes["ApproximateNumberOfMessages"] == "0"
            && answer.Attributes["ApproximateNumberOfMessagesNotVisible"] == "0"
            ? answer
            : null;
    });

    private static string Message(string job, Upload upload) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["job"] = job,
        ["trigger"] = "incoming/*.csv",
        ["event"] = new Dictionary<string, object>
        {
            ["source"] = "aws.s3",
            ["detail-type"] = "Object Created",
            ["detail"] = new Dictionary<string, object>
            {
                ["bucket"] = new Dictionary<string, object> { ["name"] = upload.Bucket },
                ["object"] = new Dictionary<string, object>
                {
                    ["key"] = upload.Key,
                    ["size"] = upload.Size,
                    ["etag"] = upload.ETag ?? "",
                    ["version-id"] = upload.VersionId ?? "",
                },
            },
        },
    });
}
