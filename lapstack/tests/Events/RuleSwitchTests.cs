using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

/// <summary>Rules that a call disables and enables, and the lists of rules.</summary>
public sealed class RuleSwitchTests
{
    [Fact]
    public async Task Disabled_rule_starts_nothing_until_it_is_enabled()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        await stack.EventsAsync("DisableRule", """{"Name":"orders"}""");
        await stack.PutAsync("""{"total": 50}""");
        var disabled = await StateAsync(stack);
        await stack.EventsAsync("EnableRule", """{"Name":"orders"}""");
        await stack.PutAsync("""{"total": 60}""");

        Assert.Equal("DISABLED", disabled);
        Assert.Equal("ENABLED", await StateAsync(stack));
        var message = Assert.Single(await stack.TakeAsync("Inbox"));
        Assert.Equal(60, (int?)JsonNode.Parse(message.Body)!["detail"]!["total"]);
    }

    [Fact]
    public async Task Switch_survives_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        await stack.EventsAsync("DisableRule", """{"Name":"orders"}""");
        await stack.RestartAsync();

        Assert.Equal("DISABLED", await StateAsync(stack));
    }

    [Fact]
    public async Task Template_that_says_something_new_has_the_last_word()
    {
        await using var stack = await EmulatedStack.StartAsync(
            EventsStack.With($"\"State\": \"DISABLED\", {EventsStack.OrdersToInbox}"));
        await stack.EventsAsync("EnableRule", """{"Name":"orders"}""");

        EmulatedStack.Write(stack.Folder, EventsStack.With(EventsStack.OrdersToInbox));
        await stack.RestartAsync();
        await stack.EventsAsync("DisableRule", """{"Name":"orders"}""");
        await stack.RestartAsync();

        Assert.Equal("DISABLED", await StateAsync(stack));
        EmulatedStack.Write(stack.Folder, EventsStack.With($"\"State\": \"DISABLED\", {EventsStack.OrdersToInbox}"));
        await stack.RestartAsync();
        EmulatedStack.Write(stack.Folder, EventsStack.With(EventsStack.OrdersToInbox));
        await stack.RestartAsync();
        Assert.Equal("DISABLED", await StateAsync(stack));
    }

    [Theory]
    [InlineData("ENABLED")]
    [InlineData("DISABLED")]
    public async Task Schedule_of_a_rule_fires_once_it_is_enabled(string declared)
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With($$"""
            "State": "{{declared}}", "ScheduleExpression": "rate(1 hour)", "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
            """), clock);
        await stack.EventsAsync("DisableRule", """{"Name":"orders"}""");
        await clock.TimerAtAsync(clock.GetUtcNow() + TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromHours(1));
        await clock.TimerAtAsync(clock.GetUtcNow() + TimeSpan.FromHours(1));

        await stack.EventsAsync("EnableRule", """{"Name":"orders"}""");
        clock.Advance(TimeSpan.FromHours(1));

        var message = Assert.Single(await stack.TakeAsync("Inbox"));
        Assert.Equal("2026-01-05T10:00:00Z", (string?)JsonNode.Parse(message.Body)!["time"]);
    }

    [Fact]
    public async Task Rules_come_in_pages()
    {
        await using var stack = await EmulatedStack.StartAsync(Rules);

        var first = await stack.EventsAsync("ListRules", """{"Limit":2}""");
        var second = await stack.EventsAsync(
            "ListRules", $$"""{"Limit":2,"NextToken":"{{first.Body["NextToken"]}}"}""");
        var names = await stack.EventsAsync(
            "ListRuleNamesByTarget", """{"TargetArn":"arn:aws:sqs:us-east-1:000000000000:inbox"}""");

        Assert.Equal(["r1", "r2"], Names(first));
        Assert.Equal(["r3"], Names(second));
        Assert.Null(second.Body["NextToken"]);
        Assert.Equal("""["r2"]""", names.Body["RuleNames"]!.ToJsonString());
    }

    [Theory]
    [InlineData("ListRules", """{"Limit":0}""", "ValidationException")]
    [InlineData("ListRules", """{"Limit":101}""", "ValidationException")]
    [InlineData("ListRules", """{"NextToken":"x"}""", "ValidationException")]
    [InlineData("EnableRule", """{"Name":"r9"}""", "ResourceNotFoundException")]
    public async Task What_the_service_refuses_is_refused(string operation, string input, string code)
    {
        await using var stack = await EmulatedStack.StartAsync(Rules);

        Assert.Equal(code, (string?)(await stack.EventsAsync(operation, input)).Body["__type"]);
    }

    [Fact]
    public async Task Role_switches_only_what_it_was_granted()
    {
        await using var stack = await EmulatedStack.StartAsync(Rules);
        var role = stack.As("Operator");

        Assert.Equal(200, (await stack.JsonAsync("events", "AWSEvents.DisableRule", """{"Name":"r1"}""", role)).Status);
        Assert.Equal(
            "AccessDeniedException",
            (string?)(
                await stack.JsonAsync("events", "AWSEvents.DisableRule", """{"Name":"r2"}""", role)).Json["__type"]);
    }

    private static async Task<string?> StateAsync(EmulatedStack stack) =>
        (string?)(await stack.EventsAsync("DescribeRule", """{"Name":"orders"}""")).Body["State"];

    private static IEnumerable<string?> Names(RawCall.Answer answer) =>
        answer.Body["Rules"]!.AsArray().Select(rule => (string?)rule!["Name"]);

    private const string Rules = """
        {
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
          "R1": { "Type": "AWS::Events::Rule", "Properties": { "Name": "r1", "EventPattern": { "source": ["shop"] } } },
          "R2": { "Type": "AWS::Events::Rule", "Properties": { "Name": "r2", "EventPattern": { "source": ["shop"] },
            "Targets": [ { "Id": "t", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ] } },
          "R3": { "Type": "AWS::Events::Rule", "Properties": { "Name": "r3", "EventPattern": { "source": ["shop"] } } },
          "Operator": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "operator", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "events:DisableRule", "Resource": { "Fn::GetAtt": ["R1", "Arn"] } } ] } } ] } }
        }
        """;
}
