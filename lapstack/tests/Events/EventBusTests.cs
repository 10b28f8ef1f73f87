using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

/// <summary>Buses besides the default one.</summary>
public sealed class EventBusTests
{
    private const string ToInbox = """
        "EventPattern": { "source": ["shop"] }, "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
        """;

    [Theory]
    [InlineData("mine", "mine")]
    [InlineData("arn:aws:events:eu-central-1:123456789012:event-bus/mine", "mine")]
    [InlineData("mine", "arn:aws:events:us-east-1:000000000000:event-bus/mine")]
    public async Task Rule_gets_the_events_of_its_bus_and_no_others(string rules, string events)
    {
        await using var stack = await EmulatedStack.StartAsync(With(rules));

        await PutAsync(stack, null, "elsewhere");
        Assert.Equal(0, (int?)(await PutAsync(stack, events, "here")).Body["FailedEntryCount"]);

        var message = Assert.Single(await stack.TakeAsync("Inbox"));
        Assert.Equal("here", (string?)JsonNode.Parse(message.Body)!["detail-type"]);
    }

    [Fact]
    public async Task Rule_on_the_default_bus_gets_nothing_of_another()
    {
        await using var stack = await EmulatedStack.StartAsync(With("mine")[..^1] + """
            , "Other": { "Type": "AWS::Events::Rule", "Properties": { "Name": "orders", "EventPattern": { "source": ["shop"] },
              "Targets": [ { "Id": "t", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ] } } }
            """);

        await PutAsync(stack, "mine", "there");
        Assert.Equal("there", DetailType(Assert.Single(await stack.TakeAsync("Inbox"))));
        await PutAsync(stack, null, "here");
        Assert.Equal("here", DetailType(Assert.Single(await stack.TakeAsync("Inbox"))));
    }

    [Fact]
    public async Task Bus_that_only_a_rule_names_is_there_and_said_to_be()
    {
        await using var stack = await EmulatedStack.StartAsync(With("mine"));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var entry = await stack.Host.Activity.ReadAsync(limit.Token)
            .FirstAsync(entry => entry.Kind == "Bus", limit.Token);

        Assert.StartsWith("Bus mine is not in the template.", entry.Message, StringComparison.Ordinal);
        var buses = await stack.EventsAsync("ListEventBuses", "{}");
        Assert.Equal(["default", "mine"], buses.Body["EventBuses"]!.AsArray().Select(bus => (string?)bus!["Name"]));
        var described = await stack.EventsAsync("DescribeEventBus", """{"Name":"mine"}""");
        Assert.Equal("arn:aws:events:us-east-1:000000000000:event-bus/mine", (string?)described.Body["Arn"]);
    }

    [Fact]
    public async Task Bus_of_the_template_takes_events_and_its_rules_refer_to_it()
    {
        var template = With("BUS").Replace("\"BUS\"", """{ "Ref": "Bus" }""", StringComparison.Ordinal)[..^1] + """
            , "Bus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": "mine" } } }
            """;
        await using var stack = await EmulatedStack.StartAsync(template);

        await PutAsync(stack, "mine", "here");

        Assert.Single(await stack.TakeAsync("Inbox"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var entry = await stack.Host.Activity.ReadAsync(limit.Token)
            .FirstAsync(entry => entry.Kind is "Bus" or "Matched", limit.Token);
        Assert.Equal("Matched", entry.Kind);
    }

    [Fact]
    public async Task Rule_of_a_named_bus_is_described_with_it_and_not_found_on_another()
    {
        await using var stack = await EmulatedStack.StartAsync(With("mine"));

        var rule = await stack.EventsAsync("DescribeRule", """{"Name":"orders","EventBusName":"mine"}""");
        var listed = await stack.EventsAsync("ListRules", """{"EventBusName":"mine"}""");
        var elsewhere = await stack.EventsAsync("DescribeRule", """{"Name":"orders"}""");
        var unknown = await stack.EventsAsync("ListRules", """{"EventBusName":"absent"}""");

        Assert.Equal(
            ("arn:aws:events:us-east-1:000000000000:rule/mine/orders", "mine"),
            ((string?)rule.Body["Arn"], (string?)rule.Body["EventBusName"]));
        Assert.Single(listed.Body["Rules"]!.AsArray());
        Assert.Equal("ResourceNotFoundException", (string?)elsewhere.Body["__type"]);
        Assert.Equal("Event bus absent does not exist.", (string?)unknown.Body["message"]);
    }

    [Fact]
    public async Task Schedule_on_a_named_bus_is_refused_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() => EmulatedStack.StartAsync("""
            {"R":{"Type":"AWS::Events::Rule","Properties":{"EventBusName":"mine","ScheduleExpression":"rate(1 minute)"}}}
            """));

        Assert.Contains("only on the default event bus", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The rule `orders` on this bus, and an inbox that admits it.</summary>
    private static string With(string bus) => EventsStack.With($"\"EventBusName\": \"{bus}\", {ToInbox}")
        .Replace($"{EventsStack.RuleArn}\"", "arn:aws:events:us-east-1:000000000000:rule/*\"", StringComparison.Ordinal)
        .Replace("ArnEquals", "ArnLike", StringComparison.Ordinal)
        .TrimEnd();

    private static Task<RawCall.Answer> PutAsync(EmulatedStack stack, string? bus, string detailType)
    {
        var entry = new JsonObject { ["Source"] = "shop", ["DetailType"] = detailType, ["Detail"] = "{}" };
        if (bus is not null) entry["EventBusName"] = bus;
        return stack.EventsAsync("PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) }.ToJsonString());
    }

    private static string? DetailType(Amazon.SQS.Model.Message message) =>
        (string?)JsonNode.Parse(message.Body)!["detail-type"];
}
