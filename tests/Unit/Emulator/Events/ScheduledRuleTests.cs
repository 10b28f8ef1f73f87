using System.Text.Json.Nodes;

namespace Jobs.Tests.Unit.Emulator.Events;

public sealed class ScheduledRuleTests
{
    [Fact]
    public async Task Schedule_fires_with_the_envelope_of_a_scheduled_event()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(ToInbox("cron(30 8 * * ? *)")), clock);

        clock.Advance(TimeSpan.FromMinutes(30));

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
    public async Task Firings_that_come_late_together_carry_each_its_own_planned_time()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(ToInbox("rate(5 minutes)")), clock);

        clock.Advance(TimeSpan.FromMinutes(16));

        List<string> times = [];
        while (times.Count < 3) times.AddRange((await stack.TakeAsync("Inbox")).Select(m => (string)JsonNode.Parse(m.Body)!["time"]!));
        Assert.Equal(["2026-01-05T08:05:00Z", "2026-01-05T08:10:00Z", "2026-01-05T08:15:00Z"], times.Order());
    }

    [Fact]
    public async Task Rate_keeps_its_beat_after_a_restart()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(ToInbox("rate(10 minutes)")), clock);
        clock.Advance(TimeSpan.FromMinutes(7));
        await stack.RestartAsync(clock);

        clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal("2026-01-05T08:10:00Z", (string?)JsonNode.Parse(Assert.Single(await stack.TakeAsync("Inbox")).Body)!["time"]);
    }

    private static string ToInbox(string schedule) =>
        $$"""
        "ScheduleExpression": "{{schedule}}", "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
        """;
}
