using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

/// <summary>From an event put on the bus to what its targets get.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task Event_that_matches_reaches_the_target_whole_and_one_that_does_not_match_stays_away()
    {
        await using var stack = await EmulatedStack.StartAsync(
            EventsStack.With(EventsStack.OrdersToInbox), new ManualClock());

        await stack.PutAsync("""{"total": 5}""");
        var put = await stack.PutAsync("""{"total": 50, "who": "Zoë"}""");

        var message = Assert.Single(await stack.TakeAsync("Inbox"));
        var expected = $$"""
            {"version":"0","id":"{{put.Body["Entries"]![0]!["EventId"]}}","detail-type":"Order","source":"shop","account":"000000000000",
            "time":"2026-01-05T08:00:00Z","region":"us-east-1","resources":[],"detail":{"total":50,"who":"Zoë"} }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(message.Body)), message.Body);
        Assert.Equal("events.amazonaws.com", message.Attributes["SenderId"]);
    }

    [Theory]
    [InlineData("\"Input\": \"{\\\"fixed\\\":1}\"", """{"fixed":1}""")]
    [InlineData("\"InputPath\": \"$.detail\"", """{"total":50}""")]
    [InlineData("""
        "InputTransformer": { "InputPathsMap": { "t": "$.detail.total" }, "InputTemplate": "{\"total\": <t>, \"rule\": \"<aws.events.rule-name>\"}" }
        """, """{"total":50,"rule":"orders"}""")]
    public async Task Target_gets_what_its_input_says(string input, string expected)
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With($$"""
            "EventPattern": { "source": ["shop"] },
            "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] }, {{input}} } ]
            """));

        await stack.PutAsync("""{"total": 50}""");

        var message = Assert.Single(await stack.TakeAsync("Inbox"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(message.Body)), message.Body);
    }

    [Theory]
    [InlineData("""{ "Fn::GetAtt": ["Closed", "Arn"] }""", "NO_PERMISSIONS",
        "arn:aws:sqs:us-east-1:000000000000:closed")]
    [InlineData("\"arn:aws:sqs:us-east-1:000000000000:absent\"", "NO_RESOURCE",
        "arn:aws:sqs:us-east-1:000000000000:absent")]
    [InlineData("\"arn:aws:lambda:us-east-1:000000000000:function:absent\"", "NO_RESOURCE",
        "arn:aws:lambda:us-east-1:000000000000:function:absent")]
    public async Task Target_that_is_forbidden_or_missing_sends_the_event_to_the_dead_letter_queue_at_once(
        string target, string code, string arn)
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With($$"""
            "EventPattern": { "source": ["shop"] },
            "Targets": [ { "Id": "t", "Arn": {{target}}, "DeadLetterConfig": { "Arn": { "Fn::GetAtt": ["Dead", "Arn"] } } } ]
            """), new ManualClock());

        await stack.PutAsync("""{"total": 50}""");

        var message = Assert.Single(await stack.TakeAsync("Dead"));
        Assert.Equal(50, (int?)JsonNode.Parse(message.Body)!["detail"]!["total"]);
        string Attribute(string name) => message.MessageAttributes[name].StringValue;
        Assert.Equal(
            (EventsStack.RuleArn, arn, code),
            (Attribute("RULE_ARN"), Attribute("TARGET_ARN"), Attribute("ERROR_CODE")));
        Assert.Contains(arn, Attribute("ERROR_MESSAGE"), StringComparison.Ordinal);
        Assert.Equal(4, message.MessageAttributes.Count);
    }

    [Fact]
    public async Task Undelivered_event_without_a_dead_letter_queue_is_reported_with_the_grant_that_was_missing()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With("""
            "EventPattern": { "source": ["shop"] }, "Targets": [ { "Id": "t", "Arn": { "Fn::GetAtt": ["Closed", "Arn"] } } ]
            """));

        await stack.PutAsync("{}");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var entry = await stack.Host.Activity.ReadAsync(limit.Token)
            .FirstAsync(e => e.Kind == "Undelivered", limit.Token);
        Assert.Contains("sqs:SendMessage", entry.Message, StringComparison.Ordinal);
        Assert.Contains("The event is lost", entry.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:events:us-east-1:000000000000:rule/orders", "Closed")]
    [InlineData("arn:aws:events:us-east-1:000000000000:rule/another", "Dead")]
    public async Task Target_with_a_role_is_reached_by_what_the_role_may_do_where_it_trusts_the_rule(
        string trusted, string arrivesIn)
    {
        var trust = Trust(trusted);
        var template = JsonNode.Parse(EventsStack.With("""
            "EventPattern": { "source": ["shop"] },
            "Targets": [ { "Id": "t", "Arn": { "Fn::GetAtt": ["Closed", "Arn"] }, "RoleArn": { "Fn::GetAtt": ["Role", "Arn"] },
              "DeadLetterConfig": { "Arn": { "Fn::GetAtt": ["Dead", "Arn"] } } } ]
            """))!;
        template["Role"] = JsonNode.Parse($$"""
            { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "rule-role", "AssumeRolePolicyDocument": {{trust}}, "Policies": [ { "PolicyName": "p",
              "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": { "Fn::GetAtt": ["Closed", "Arn"] } } ] } } ] } }
            """);
        await using var stack = await EmulatedStack.StartAsync(template.ToJsonString());

        await stack.PutAsync("{}");

        var message = Assert.Single(await stack.TakeAsync(arrivesIn));
        if (arrivesIn == "Closed") return;
        Assert.Equal("NO_PERMISSIONS", message.MessageAttributes["ERROR_CODE"].StringValue);
        Assert.Equal(
            "User: events.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: " +
            "arn:aws:iam::000000000000:role/rule-role",
            message.MessageAttributes["ERROR_MESSAGE"].StringValue);
    }

    [Fact]
    public async Task Disabled_rule_sends_nothing()
    {
        await using var stack = await EmulatedStack.StartAsync(
            EventsStack.With($"\"State\": \"DISABLED\", {EventsStack.OrdersToInbox}"));

        await stack.PutAsync("""{"total": 50}""");

        using var sqs = stack.Sqs();
        Assert.Null((await sqs.ReceiveMessageAsync(stack.QueueUrl())).Messages?.FirstOrDefault());
    }

    [Theory]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["a",{"bad":1}]}}}""",
        "Unrecognized match type bad at 'source'")]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"rate(1 minutes)"}}""", "singular")]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"at(2026-01-01T00:00:00)"}}""",
        "EventBridge Scheduler")]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{}}""", "EventPattern, a ScheduleExpression")]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["a"]},"Targets":[{"Id":"t","Arn":"arn:aws:ecs:r:a:cluster/c"}]}}""", "delivers to sqs, lambda, sns")]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["a"]},"Targets":[{"Id":"t","Arn":"arn:aws:sqs:r:a:q","Input":"x"}]}}""", "valid JSON")]
    [InlineData("""{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["a"]},"Targets":[{"Id":"t","Arn":"arn:aws:sqs:r:a:q","RetryPolicy":{"MaximumRetryAttempts":186}}]}}""", "0 to 185")]
    public async Task Rule_the_service_would_refuse_is_refused_at_the_start(string rule, string why)
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(
            () => EmulatedStack.StartAsync($$"""{"Nightly":{{rule}}}"""));

        Assert.Contains("Nightly (AWS::Events::Rule): ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static string Trust(string ruleArn) => $$"""
        { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sts:AssumeRole",
          "Condition": { "ArnEquals": { "aws:SourceArn": "{{ruleArn}}" }, "StringEquals": { "aws:SourceAccount": "000000000000" } } } ] }
        """;
}
