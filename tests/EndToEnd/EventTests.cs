using System.Text;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Events that programs put on a bus, as <c>aws events put-events</c> does, and what they start.</summary>
[Collection(JobsCollection.Name)]
public sealed class EventTests(JobsLaptop stack)
{
    private const string Source = "com.example.numbers";

    private string Inbox => stack.Resource("JobsFunctionsEventsQueue");

    private string DeadLetters => stack.Resource("JobsFunctionsEventsDeadLettersQueue");

    [Theory]
    [InlineData(null, "com-example-numbers-number")]
    [InlineData("numbers", "on-the-bus")]
    [InlineData("arn:aws:events:us-east-1:000000000000:event-bus/numbers", "on-the-bus")]
    public async Task Event_on_its_bus_starts_the_job_with_what_it_says(string? bus, string trigger)
    {
        var id = await PutAsync("""{"number": 7}""", bus);

        var reading = await stack.EndOfAsync(EventIntake.IdOf("answer", id));

        Assert.Equal(RunState.Succeeded, reading.Run.State);
        Assert.Equal($"{Source} said 7 as {id}", JobsLaptop.Result(reading));
        Assert.Equal($"event {trigger} {id}", reading.Run.Trigger);
    }

    [Fact]
    public async Task Events_run_takes_as_many_calls_as_an_uploads()
    {
        var run = EventIntake.IdOf("answer", await PutAsync("""{"number": 12}""", bus: null));

        await stack.EndOfAsync(run);

        Assert.Equal(
            [
                "OnEvent PutItem", "OnEvent RunTask",
                "worker UpdateItem", "worker GetItem", "worker UpdateItem",
                "OnTaskStopped BatchGetItem", "OnTaskStopped PutItem",
            ],
            CallCountTests.CallsOf(stack, run));
    }

    [Fact]
    public async Task Event_that_no_pattern_finds_starts_nothing()
    {
        var other = await PutAsync("""{"text": "seven"}""", bus: null);
        var found = await PutAsync("""{"number": 8}""", bus: null);

        await stack.EndOfAsync(EventIntake.IdOf("answer", found));

        Assert.Null(await stack.ReadAsync(EventIntake.IdOf("answer", other)));
    }

    [Fact]
    public async Task Event_delivered_again_starts_no_other_run()
    {
        var id = await PutAsync("""{"number": 9}""", bus: null);
        var run = EventIntake.IdOf("answer", id);
        await stack.EndOfAsync(run);

        await SendAsync(Inbox, Message(id, 9));
        await SendAsync(Inbox, Message(id, 9));
        await stack.WaitAsync("an empty inbox", async () =>
        {
            var answer = await stack.Queues.GetQueueAttributesAsync(
                new GetQueueAttributesRequest { QueueUrl = Inbox, AttributeNames = ["All"] });
            return answer.Attributes["ApproximateNumberOfMessages"] == "0"
                && answer.Attributes["ApproximateNumberOfMessagesNotVisible"] == "0"
                ? answer
                : null;
        });

        Assert.Equal(1, (await stack.ReadAsync(run))!.Run.Launch);
    }

    [Fact]
    public async Task Detail_that_is_not_the_jobs_fails_the_run_and_names_the_place()
    {
        var id = await PutAsync("""{"number": "ten"}""", bus: null);

        var reading = await stack.EndOfAsync(EventIntake.IdOf("answer", id));

        Assert.Equal((RunState.Failed, 1), (reading.Run.State, reading.Run.Attempt));
        Assert.Contains(
            "The input of answer is not a Event<Said>: ", reading.Run.Verdict!.Sentence, StringComparison.Ordinal);
        Assert.Contains("Path: $.detail.number", reading.Run.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letter_is_read_with_its_reason_and_sent_back_by_the_command_line()
    {
        var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();
        await SendAsync(Inbox, """{"job":"answer","trigger":"on-the-bus","event":{"detail":{}}}""");
        var letter = await stack.WaitAsync("the dead letter", async () =>
            (await jobs.JsonAsync("dead-letters", "Events", "--json"))["messages"]!.AsArray().FirstOrDefault());
        Assert.Contains("its event has no id of", (string)letter["reason"]!, StringComparison.Ordinal);
        await stack.Queues.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = DeadLetters });

        await SendAsync(DeadLetters, Message("once-lost", 11));
        await jobs.JsonAsync("dead-letters", "events", "--redrive", "--json");

        var reading = await stack.EndOfAsync(EventIntake.IdOf("answer", "once-lost"));
        Assert.Equal($"{Source} said 11 as once-lost", JobsLaptop.Result(reading));
    }

    /// <returns>EventBridge's id of the event.</returns>
    private async Task<string> PutAsync(string detail, string? bus)
    {
        var entry = new JsonObject { ["Source"] = Source, ["DetailType"] = "Number", ["Detail"] = detail };
        if (bus is not null) entry["EventBusName"] = bus;
        using var request = new HttpRequestMessage(HttpMethod.Post, stack.Laptop.Endpoint)
        {
            Content = new StringContent(
                new JsonObject { ["Entries"] = new JsonArray(entry) }.ToJsonString(),
                Encoding.UTF8,
                "application/x-amz-json-1.1"),
        };
        request.Headers.Add("X-Amz-Target", "AWSEvents.PutEvents");
        using var answer = await stack.Http.SendAsync(request);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((int?)body["FailedEntryCount"] == 0, body.ToJsonString());
        return (string)body["Entries"]![0]!["EventId"]!;
    }

    private async Task SendAsync(string queue, string body) =>
        await stack.Queues.SendMessageAsync(new SendMessageRequest { QueueUrl = queue, MessageBody = body });

    /// <summary>What the rule makes of an event.</summary>
    internal static string Message(string id, int number) => new JsonObject
    {
        ["job"] = "answer",
        ["trigger"] = "on-the-bus",
        ["event"] = new JsonObject
        {
            ["id"] = id,
            ["source"] = Source,
            ["detail-type"] = "Number",
            ["detail"] = new JsonObject { ["number"] = number },
        },
    }.ToJsonString();
}
