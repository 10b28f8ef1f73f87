using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Scheduler;

/// <summary>AWS::Scheduler::Schedule from its planned times to its queue.</summary>
public sealed class ScheduleResourceTests
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"scheduler.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    [Fact]
    public async Task Schedule_fires_at_its_local_time_with_the_planned_time_filled_in()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(Resources("cron(30 9 * * ? *)", "Europe/Berlin"), clock);

        await clock.AdvanceAsync(TimeSpan.FromMinutes(30));

        var message = Assert.Single(await stack.TakeAsync("Inbox"));
        Assert.Equal("""{"plannedAt":"2026-01-05T08:30:00Z"}""", message.Body);
        Assert.Equal("AROA", message.Attributes["SenderId"][..4]);
    }

    /// <summary>Berlin puts its clock forward on 29 March 2026 at two, and back on 25 October at three.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T12:00:00Z", 36, new[] { "2026-03-30T00:30:00Z" })]
    [InlineData("Europe/Berlin", "2026-10-24T12:00:00Z", 24, new[] { "2026-10-25T00:30:00Z" })]
    [InlineData("America/New_York", "2026-03-07T12:00:00Z", 42, new[] { "2026-03-09T06:30:00Z" })]
    public async Task Local_time_that_is_skipped_does_not_fire_and_a_doubled_one_fires_once(
        string zone, string from, int hours, string[] expected)
    {
        var clock = new ManualClock();
        clock.Advance(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture) - clock.GetUtcNow());
        await using var stack = await EmulatedStack.StartAsync(Resources("cron(30 2 * * ? *)", zone), clock);

        // Each step waits until the schedule waits again: it must not be left behind by its clock.
        await clock.TimerWithinAsync(TimeSpan.FromDays(2));
        var armed = clock.ArmedTimers;
        for (var minute = 0; minute < (hours + 1) * 60; minute += 10)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            await Eventually.TrueAsync(() => clock.ArmedTimers >= armed);
        }

        var times = (await stack.TakeAsync("Inbox")).Select(
            message => (string)JsonNode.Parse(message.Body)!["plannedAt"]!);
        Assert.Equal(expected, times);
    }

    [Fact]
    public async Task What_the_role_may_not_send_goes_to_the_dead_letter_queue_with_the_reason()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(
            Resources("rate(1 hour)", null, target: "Closed"), clock);

        await clock.AdvanceAsync(TimeSpan.FromHours(1));

        var message = Assert.Single(await stack.TakeAsync("Dead"));
        Assert.Equal("NO_PERMISSIONS", message.MessageAttributes["ERROR_CODE"].StringValue);
        Assert.Contains(
            "sqs:SendMessage", message.MessageAttributes["ERROR_MESSAGE"].StringValue, StringComparison.Ordinal);
        Assert.Equal(
            "arn:aws:scheduler:us-east-1:000000000000:schedule/jobs/report.nightly",
            message.MessageAttributes["SCHEDULE_ARN"].StringValue);
    }

    [Fact]
    public async Task Role_that_does_not_trust_the_scheduler_is_refused()
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() =>
            EmulatedStack.StartAsync(
                Resources("rate(1 hour)", null).Replace(
                    "scheduler.amazonaws.com", "events.amazonaws.com", StringComparison.Ordinal)));

        Assert.Contains(
            "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedule-group/jobs", true)]
    [InlineData("schedule-group/others", false)]
    [InlineData("schedule/jobs/report.nightly", false)]
    public async Task Role_may_trust_the_scheduler_for_a_group_and_not_for_a_schedule(string source, bool isMade)
    {
        var resources = Resources("rate(1 hour)", null).Replace(Trust, Trust.Replace("""
            "sts:AssumeRole"
            """, $$"""
            "sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"000000000000","aws:SourceArn":"arn:aws:scheduler:us-east-1:000000000000:{{source}}"} }
            """, StringComparison.Ordinal), StringComparison.Ordinal);

        if (isMade) await (await EmulatedStack.StartAsync(resources)).DisposeAsync();
        else await Assert.ThrowsAsync<TemplateException>(() => EmulatedStack.StartAsync(resources));
    }

    [Theory]
    [InlineData("rate(1 hours)", "singular")]
    [InlineData("cron(0 0 * * * *)", "exactly one must be ?")]
    public async Task Schedule_that_the_service_would_refuse_is_refused_at_the_start(string expression, string why)
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(
            () => EmulatedStack.StartAsync(Resources(expression, null)));

        Assert.Contains("Nightly (AWS::Scheduler::Schedule): ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static string Resources(string expression, string? zone, string target = "Inbox") => $$"""
        {
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
          "Closed": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "closed" } },
          "Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
          "Group": { "Type": "AWS::Scheduler::ScheduleGroup", "Properties": { "Name": "jobs" } },
          "Role": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "sender", "AssumeRolePolicyDocument": {{Trust}}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "sqs:SendMessage",
              "Resource": [ { "Fn::GetAtt": ["Inbox", "Arn"] }, { "Fn::GetAtt": ["Dead", "Arn"] } ] } ] } } ] } },
          "Nightly": { "Type": "AWS::Scheduler::Schedule", "Properties": { "Name": "report.nightly", "GroupName": { "Ref": "Group" },
            "ScheduleExpression": "{{expression}}", {{(zone is null ? "" : $"\"ScheduleExpressionTimezone\": \"{zone}\",")}} "FlexibleTimeWindow": { "Mode": "OFF" },
            "Target": { "Arn": { "Fn::GetAtt": ["{{target}}", "Arn"] }, "RoleArn": { "Fn::GetAtt": ["Role", "Arn"] },
              "Input": "{\"plannedAt\":\"<aws.scheduler.scheduled-time>\"}", "DeadLetterConfig": { "Arn": { "Fn::GetAtt": ["Dead", "Arn"] } } } } }
        }
        """;
}
