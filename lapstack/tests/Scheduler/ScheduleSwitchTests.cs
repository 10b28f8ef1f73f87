using System.Text.Json.Nodes;
using Amazon.Runtime;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Scheduler;

/// <summary>Scheduler's own API: schedules are looked at and switched.</summary>
public sealed class ScheduleSwitchTests
{
    private const string Path = "/schedules/nightly";

    [Fact]
    public async Task Schedule_is_described_as_declared()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var schedule = (await stack.RestAsync("scheduler", HttpMethod.Get, Path + "?groupName=jobs")).Json;

        Assert.Equal(
            ("nightly", "jobs", "ENABLED"),
            ((string?)schedule["Name"], (string?)schedule["GroupName"], (string?)schedule["State"]));
        Assert.Equal(
            ("rate(1 hour)", "UTC"),
            ((string?)schedule["ScheduleExpression"], (string?)schedule["ScheduleExpressionTimezone"]));
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:inbox", (string?)schedule["Target"]!["Arn"]);
    }

    [Theory]
    [InlineData("", "nightly")]
    [InlineData("?ScheduleGroup=jobs&NamePrefix=night&State=ENABLED&MaxResults=1", "nightly")]
    [InlineData("?ScheduleGroup=default", "")]
    [InlineData("?State=DISABLED", "")]
    public async Task Schedules_are_listed(string query, string names)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.RestAsync("scheduler", HttpMethod.Get, "/schedules" + query);

        Assert.Equal(
            names,
            string.Join(',', answer.Json["Schedules"]!.AsArray().Select(schedule => (string?)schedule!["Name"])));
    }

    [Fact]
    public async Task Disabled_schedule_starts_nothing_until_it_is_enabled()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(Resources, clock);

        var disabled = await SwitchAsync(stack, "DISABLED");
        await clock.TimerAtAsync(clock.GetUtcNow() + TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromHours(1));
        await clock.TimerAtAsync(clock.GetUtcNow() + TimeSpan.FromHours(1));
        var state = await StateAsync(stack);
        await SwitchAsync(stack, "ENABLED");
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((200, "DISABLED"), (disabled.Status, state));
        Assert.Equal("2026-01-05T10:00:00Z", Assert.Single(await stack.TakeAsync("Inbox")).Body);
    }

    [Fact]
    public async Task Switch_survives_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        await SwitchAsync(stack, "DISABLED");
        await stack.RestartAsync();

        Assert.Equal("DISABLED", await StateAsync(stack));
    }

    [Theory]
    [InlineData("ScheduleExpression", "\"rate(2 hours)\"", 501, "UpdateSchedule of ScheduleExpression")]
    [InlineData("StartDate", "1700000000", 501, "UpdateSchedule of StartDate")]
    [InlineData("State", "\"PAUSED\"", 400, "State must be ENABLED or DISABLED")]
    [InlineData("GroupName", "\"default\"", 404, "Schedule nightly does not exist")]
    public async Task Everything_but_the_state_is_the_templates(string member, string value, int status, string why)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        var input = Whole("DISABLED");
        input[member] = JsonNode.Parse(value);

        var answer = await stack.RestAsync("scheduler", HttpMethod.Put, Path, input.ToJsonString());

        Assert.Equal(status, answer.Status);
        Assert.Contains(why, (string?)answer.Json["message"], StringComparison.Ordinal);
        Assert.Equal("ENABLED", await StateAsync(stack));
    }

    [Fact]
    public async Task Other_operations_are_refused_by_name()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.RestAsync("scheduler", HttpMethod.Delete, Path);

        Assert.Equal(501, answer.Status);
        Assert.Contains(
            "DELETE /schedules/nightly of scheduler", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_needs_the_grant_and_the_right_to_pass_the_schedules_role()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        Assert.Equal(403, (await SwitchAsync(stack, "DISABLED", stack.As("Watcher"))).Status);
        Assert.Equal(200, (await SwitchAsync(stack, "DISABLED", stack.As("Operator"))).Status);
    }

    private static Task<SignedCall.Answer> SwitchAsync(
        EmulatedStack stack, string state, AWSCredentials? caller = null) =>
        stack.RestAsync("scheduler", HttpMethod.Put, Path, Whole(state).ToJsonString(), caller);

    private static async Task<string?> StateAsync(EmulatedStack stack) =>
        (string?)(await stack.RestAsync("scheduler", HttpMethod.Get, Path + "?groupName=jobs")).Json["State"];

    /// <summary>What UpdateSchedule wants: everything, said again.</summary>
    private static JsonObject Whole(string state) => JsonNode.Parse($$"""
        { "GroupName": "jobs", "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": { "Mode": "OFF" }, "State": "{{state}}", "ClientToken": "t",
          "Target": { "Arn": "arn:aws:sqs:us-east-1:000000000000:inbox", "RoleArn": "arn:aws:iam::000000000000:role/sender",
            "Input": "<aws.scheduler.scheduled-time>", "RetryPolicy": { "MaximumRetryAttempts": 3 } } }
        """)!.AsObject();

    private const string Resources = """
        {
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
          "Group": { "Type": "AWS::Scheduler::ScheduleGroup", "Properties": { "Name": "jobs" } },
          "Role": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "sender", "AssumeRolePolicyDocument": { "Version": "2012-10-17",
              "Statement": [ { "Effect": "Allow", "Principal": { "Service": "scheduler.amazonaws.com" }, "Action": "sts:AssumeRole" } ] },
            "Policies": [ { "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": { "Fn::GetAtt": ["Inbox", "Arn"] } } ] } } ] } },
          "Nightly": { "Type": "AWS::Scheduler::Schedule", "Properties": { "Name": "nightly", "GroupName": { "Ref": "Group" },
            "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": { "Mode": "OFF" }, "Target": { "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] },
              "RoleArn": { "Fn::GetAtt": ["Role", "Arn"] }, "Input": "<aws.scheduler.scheduled-time>", "RetryPolicy": { "MaximumRetryAttempts": "3" } } } },
          "Watcher": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "watcher", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "scheduler:*", "Resource": "*" } ] } } ] } },
          "Operator": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "operator", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": ["scheduler:UpdateSchedule", "iam:PassRole"], "Resource": "*" } ] } } ] } }
        }
        """;
}
