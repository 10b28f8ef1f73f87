using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.State;

/// <summary>
/// While the disk is full a call is refused; what the emulator owes waits, and comes when there is room.
/// </summary>
public sealed class SmallDiskTests
{
    private const string EveryMinute = """
        "ScheduleExpression": "rate(1 minute)", "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
        """;

    private const string Table = """
        {"Runs":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"runs","BillingMode":"PAY_PER_REQUEST",
           "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
           "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}}}
        """;

    private readonly ManualClock _clock = new();

    [SmallDiskFact]
    public async Task Scheduled_event_comes_when_there_is_room_and_so_do_all_after_it()
    {
        using var disk = new SmallDisk();
        await using var stack = await StartAsync(disk, EventsStack.With(EveryMinute));

        disk.Fill();
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        await ReportedAsync(stack, "The disk is full");
        disk.Free();
        await _clock.TimerWithinAsync(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await ReportedAsync(stack, "There is room on the disk again");
        var first = Assert.Single(await stack.TakeAsync("Inbox"));
        await _clock.TimerWithinAsync(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Contains("08:01:00Z", first.Body, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await stack.TakeAsync("Inbox"))
            .Any(message => message.Body.Contains("08:02:00Z", StringComparison.Ordinal)));
    }

    [SmallDiskFact]
    public async Task Message_is_refused_without_room_and_what_was_claimed_halfway_comes_again()
    {
        using var disk = new SmallDisk();
        await using var stack = await StartAsync(disk, EventsStack.With(EventsStack.OrdersToInbox));
        using var sqs = stack.Sqs();
        var inbox = stack.QueueUrl();
        foreach (var body in new[] { "a", "b" }) await sqs.SendMessageAsync(new SendMessageRequest(inbox, body));

        disk.Fill();
        await Assert.ThrowsAnyAsync<Exception>(() => sqs.SendMessageAsync(new SendMessageRequest(inbox, "c")));
        await Assert.ThrowsAnyAsync<Exception>(() => sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = inbox, MaxNumberOfMessages = 10 }));
        disk.Free();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["a", "b"], (await stack.TakeAsync("Inbox")).Select(message => message.Body).Order());
    }

    [SmallDiskFact]
    public async Task Tables_come_back_with_all_they_had_when_there_is_room()
    {
        using var disk = new SmallDisk();
        await using var stack = await StartAsync(disk, Table, TimeProvider.System);
        using var tables = new AmazonDynamoDBClient(
            EmulatedStack.Owner,
            new AmazonDynamoDBConfig { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        await tables.PutItemAsync("runs", Item("before", ""));

        disk.Fill();
        var refused = await Record.ExceptionAsync(() => PutManyAsync(tables));
        disk.Free();
        await Eventually.TrueAsync(async () =>
            await Record.ExceptionAsync(() => tables.PutItemAsync("runs", Item("after", ""))) is null);

        Assert.NotNull(refused);
        Assert.Equal("before", (await tables.GetItemAsync("runs", Item("before"))).Item["pk"].S);
    }

    private static async Task PutManyAsync(AmazonDynamoDBClient tables)
    {
        for (var i = 0; i < 100; i++) await tables.PutItemAsync("runs", Item($"{i}", new string('x', 50_000)));
    }

    private static Dictionary<string, AttributeValue> Item(string key, string? text = null)
    {
        var item = new Dictionary<string, AttributeValue> { ["pk"] = new(key) };
        if (text is not null) item["text"] = new(text);
        return item;
    }

    private Task<EmulatedStack> StartAsync(SmallDisk disk, string resources, TimeProvider? clock = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(disk.Folder, "stack")).FullName;
        EmulatedStack.Write(folder, resources);
        return EmulatedStack.StartAsync(folder, EmulatedStack.Options(folder, clock ?? _clock));
    }

    private static Task ReportedAsync(EmulatedStack stack, string words) => Eventually.TrueAsync(
        async () => (await stack.ReportsAsync("Emulator"))
            .Any(report => report.StartsWith(words, StringComparison.Ordinal)));
}
