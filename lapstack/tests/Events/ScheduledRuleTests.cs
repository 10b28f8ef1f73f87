using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

public sealed class ScheduledRuleTests
{
    [Fact]
    public async Task Schedule_fires_with_the_envelope_of_a_scheduled_event()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(ToInbox("cron(30 8 * * ? *)")), clock);

        await clock.AdvanceAsync(TimeSpan.FromMinutes(30));

        var @event = JsonNode.Parse(Assert.Single(await stack.TakeAsync("Inbox")).Body)!;
        Assert.NotEmpty((string)@event["id"]!);
        @event["id"] = "id";
        var expected = $$"""
            {"version":"0","id":"id","detail-type":"Scheduled Event","source":"aws.events","account":"000000000000",
            "time":"2026-01-05T08:30:00Z","region":"us-east-1","resources":["{{EventsStack.RuleArn}}"],"detail":{} }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), @event), @event.ToJsonString());
    }

    [Fact]
    public async Task What_a_sleeping_laptop_missed_comes_once_as_the_last_of_it()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(ToInbox("rate(5 minutes)")), clock);

        await clock.TimerWithinAsync(TimeSpan.FromMinutes(17));
        clock.Sleep(TimeSpan.FromMinutes(17));
        var woken = await stack.TakeAsync("Inbox");
        await clock.AdvanceAsync(TimeSpan.FromMinutes(3));
        var all = new List<string>();
        while (!all.Contains("2026-01-05T08:20:00Z")) all.AddRange((await stack.TakeAsync("Inbox")).Select(TimeOf));

        Assert.Equal("2026-01-05T08:15:00Z", TimeOf(Assert.Single(woken)));
        // What was not deleted comes again.
        Assert.Subset(new HashSet<string> { "2026-01-05T08:15:00Z", "2026-01-05T08:20:00Z" }, all.ToHashSet());
    }

    [Fact]
    public async Task Planned_time_reaches_the_queue_as_the_stack_transforms_it()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With("""
            "ScheduleExpression": "rate(1 hour)", "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] }, "InputTransformer": {
              "InputPathsMap": { "plannedAt": "$.time" }, "InputTemplate": "{\"job\": \"report\", \"schedule\": \"hourly\", \"plannedAt\": <plannedAt>}" } } ]
            """), clock);

        await clock.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(
            """{"job": "report", "schedule": "hourly", "plannedAt": "2026-01-05T09:00:00Z"}""",
            Assert.Single(await stack.TakeAsync("Inbox")).Body);
    }

    [Fact]
    public async Task Rate_keeps_its_beat_after_a_restart()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(ToInbox("rate(10 minutes)")), clock);
        clock.Advance(TimeSpan.FromMinutes(7));
        await stack.RestartAsync(clock);

        await clock.AdvanceAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(
            "2026-01-05T08:10:00Z",
            (string?)JsonNode.Parse(Assert.Single(await stack.TakeAsync("Inbox")).Body)!["time"]);
    }

    private static string TimeOf(Message message) => (string)JsonNode.Parse(message.Body)!["time"]!;

    private static string ToInbox(string schedule) =>
        $$"""
        "ScheduleExpression": "{{schedule}}", "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
        """;
}
