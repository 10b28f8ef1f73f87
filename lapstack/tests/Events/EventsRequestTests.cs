using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

public sealed class EventsRequestTests
{
    private const string Event = """
        {"id":"1","account":"1","source":"shop","time":"2026-01-05T08:00:00Z","region":"r","resources":[],"detail-type":"Order","detail":{"a":1}}
        """;

    [Fact]
    public async Task Entries_are_accepted_and_refused_each_for_itself()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        var answer = await stack.EventsAsync("PutEvents", """
            {"Entries":[
              {"Source":"shop","DetailType":"Order","Detail":"{}"},
              {"Source":"shop","DetailType":"Order","Detail":"no json"},
              {"Source":"shop","Detail":"{}"},
              {"Source":"aws.s3","DetailType":"Object Created","Detail":"{}"},
              {"Source":"shop","DetailType":"Order","Detail":"{}","EventBusName":"other"}]}
            """);

        Assert.Equal(4, (int?)answer.Body["FailedEntryCount"]);
        var entries = answer.Body["Entries"]!.AsArray();
        Assert.NotNull(entries[0]!["EventId"]);
        Assert.Equal(
            ["MalformedDetail", "InvalidArgument", "NotAuthorizedForSourceException", "ResourceNotFoundException"],
            entries.Skip(1).Select(e => (string?)e!["ErrorCode"]));
    }

    [Fact]
    public async Task Entry_time_in_epoch_seconds_becomes_the_events_time()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        await stack.EventsAsync("PutEvents", """
            {"Entries":[{"Source":"shop","DetailType":"Order","Detail":"{\"total\":11}","Time":1767600000,"Resources":["arn:x"]}]}
            """);

        var @event = JsonNode.Parse(Assert.Single(await stack.TakeAsync("Inbox")).Body)!;
        Assert.Equal(("2026-01-05T08:00:00Z", "arn:x"), ((string?)@event["time"], (string?)@event["resources"]![0]));
    }

    [Theory]
    [InlineData("""{"detail":{"a":[1]}}""", true)]
    [InlineData("""{"detail":{"a":[2]}}""", false)]
    public async Task Pattern_is_tested_against_an_event(string pattern, bool matches)
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        var answer = await stack.EventsAsync(
            "TestEventPattern", new JsonObject { ["EventPattern"] = pattern, ["Event"] = Event }.ToJsonString());

        Assert.Equal(matches, (bool?)answer.Body["Result"]);
    }

    [Theory]
    [InlineData("""{"detail":{"a":[{"prefix":1}]}}""", Event, "InvalidEventPatternException",
        "prefix match pattern must be a string")]
    [InlineData("""{"a":[1]}""", """{"id":"1"}""", "ValidationException", "account")]
    [InlineData("""{"a":[1]}""", "no json", "ValidationException", "not JSON")]
    public async Task Test_of_a_bad_pattern_or_event_is_refused(string pattern, string @event, string code, string why)
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        var answer = await stack.EventsAsync(
            "TestEventPattern", new JsonObject { ["EventPattern"] = pattern, ["Event"] = @event }.ToJsonString());

        Assert.Equal((400, code), (answer.Status, (string?)answer.Body["__type"]));
        Assert.Contains(why, (string?)answer.Body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_and_targets_are_described_as_declared()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        var rules = await stack.EventsAsync("ListRules", """{"NamePrefix":"or"}""");
        var rule = await stack.EventsAsync("DescribeRule", """{"Name":"orders"}""");
        var targets = await stack.EventsAsync("ListTargetsByRule", """{"Rule":"orders"}""");
        var unknown = await stack.EventsAsync("DescribeRule", """{"Name":"absent"}""");

        Assert.Equal("orders", (string?)Assert.Single(rules.Body["Rules"]!.AsArray())!["Name"]);
        Assert.Equal((EventsStack.RuleArn, "ENABLED"), ((string?)rule.Body["Arn"], (string?)rule.Body["State"]));
        Assert.Equal("shop", (string?)JsonNode.Parse((string)rule.Body["EventPattern"]!)!["source"]![0]);
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:inbox", (string?)targets.Body["Targets"]![0]!["Arn"]);
        Assert.Equal("ResourceNotFoundException", (string?)unknown.Body["__type"]);
    }
}
