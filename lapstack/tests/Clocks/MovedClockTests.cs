using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Lapstack.Ground;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Clocks;

/// <summary>
/// The clock of the machine is set by a day, or the machine sleeps for a night: nothing waits as long.
/// </summary>
public sealed class MovedClockTests
{
    private const string Inbox = """
        {"Inbox":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"inbox","VisibilityTimeout":60}}}
        """;

    private readonly MachineClock _machine = new();

    [Theory]
    [InlineData(-24)]
    [InlineData(8)]
    [InlineData(24)]
    public async Task Message_in_flight_comes_back_when_its_visibility_timeout_is_over(int hours)
    {
        await using var stack = await EmulatedStack.StartAsync(Inbox, new SteadyClock(_machine));
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = stack.QueueUrl(), MessageBody = "kept" });
        Assert.Single(await stack.TakeAsync("Inbox"));

        _machine.Set(TimeSpan.FromHours(hours));
        _machine.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("kept", Assert.Single(await stack.TakeAsync("Inbox")).Body);
    }

    [Fact]
    public async Task What_was_planned_in_a_night_asleep_comes_once_soon_after_waking_and_for_the_last_time()
    {
        await using var stack = await HourlyAsync();

        _machine.Sleep(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(2));
        _machine.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("2026-01-05T15:00:00Z", TimeOf(Assert.Single(await stack.TakeAsync("Inbox"))));
    }

    [Fact]
    public async Task Schedule_keeps_its_beat_when_the_clock_is_set_back_by_a_day()
    {
        await using var stack = await HourlyAsync();

        _machine.Set(TimeSpan.FromDays(-1));
        _machine.Advance(TimeSpan.FromHours(1));

        Assert.Equal("2026-01-05T09:00:00Z", TimeOf(Assert.Single(await stack.TakeAsync("Inbox"))));
    }

    private async Task<EmulatedStack> HourlyAsync()
    {
        var stack = await EmulatedStack.StartAsync(
            EventsStack.With("""
                "ScheduleExpression": "rate(1 hour)",
                "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
                """),
            new SteadyClock(_machine));
        await _machine.TimerWithinAsync(SteadyClock.Station);
        return stack;
    }

    private static string TimeOf(Message message) => (string)JsonNode.Parse(message.Body)!["time"]!;
}
