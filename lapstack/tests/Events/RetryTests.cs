using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

/// <summary>A target that fails without being forbidden: a topic, which refuses messages above 256 KiB.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task Failing_target_is_tried_until_its_policy_is_exhausted_and_then_the_event_is_a_dead_letter()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(Template(attempts: 2), clock);

        await stack.PutAsync(Large);
        var retries = await AdvanceUntilGivenUpAsync(stack, clock);

        var message = Assert.Single(await stack.TakeAsync("Dead"));
        string Attribute(string name) => message.MessageAttributes[name].StringValue;
        Assert.Equal(2, retries);
        Assert.Equal(
            ("ERROR_FROM_TARGET", "MaximumRetryAttempts", "2"),
            (Attribute("ERROR_CODE"), Attribute("EXHAUSTED_RETRY_CONDITION"), Attribute("RETRY_ATTEMPTS")));
        Assert.Contains("Message too long", Attribute("ERROR_MESSAGE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_that_is_owed_survives_a_restart()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(Template(attempts: 1), clock);
        await stack.PutAsync(Large);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await stack.Host.Activity.ReadAsync(limit.Token).FirstAsync(e => e.Kind == "Retry", limit.Token);

        await stack.RestartAsync(clock);
        await clock.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("1", Assert.Single(await stack.TakeAsync("Dead")).MessageAttributes["RETRY_ATTEMPTS"].StringValue);
    }

    private static string Large => new JsonObject { ["text"] = new string('x', 200_000) }.ToJsonString();

    // The template doubles the event, which then is too large for a topic.
    private static string Template(int attempts)
    {
        var template = JsonNode.Parse(EventsStack.With($$"""
            "EventPattern": { "source": ["shop"] },
            "Targets": [ { "Id": "t", "Arn": { "Ref": "Topic" }, "RetryPolicy": { "MaximumRetryAttempts": {{attempts}} },
              "InputTransformer": { "InputTemplate": "[<aws.events.event.json>, <aws.events.event.json>]" },
              "DeadLetterConfig": { "Arn": { "Fn::GetAtt": ["Dead", "Arn"] } } } ]
            """))!;
        template["Topic"] = JsonNode.Parse("""{ "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "topic" } }""");
        template["TopicPolicy"] = JsonNode.Parse("""
            { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [ { "Ref": "Topic" } ], "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sns:Publish", "Resource": { "Ref": "Topic" } } ] } } }
            """);
        return template.ToJsonString();
    }

    private static async Task<int> AdvanceUntilGivenUpAsync(EmulatedStack stack, ManualClock clock)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var retries = 0;
        await foreach (ActivityEntry entry in stack.Host.Activity.ReadAsync(limit.Token))
        {
            if (entry.Kind == "Undelivered") break;
            if (entry.Kind != "Retry") continue;
            retries++;
            await clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        }
        return retries;
    }
}
