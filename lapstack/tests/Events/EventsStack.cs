using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Events;

/// <summary>Templates with rules and the queues they send to, and what came into those queues.</summary>
internal static class EventsStack
{
    public const string RuleArn = "arn:aws:events:us-east-1:000000000000:rule/orders";

    /// <summary>
    /// A rule `orders`, its target queue that lets it in, a queue that does not, and a dead-letter queue.
    /// </summary>
    /// <param name="rule">More properties of the rule, after a comma of their own.</param>
    public static string With(string rule) => $$"""
        {
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
          "Closed": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "closed" } },
          "Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
          "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Inbox" }, { "Ref": "Dead" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": [ { "Fn::GetAtt": ["Inbox", "Arn"] }, { "Fn::GetAtt": ["Dead", "Arn"] } ],
            "Condition": { "ArnEquals": { "aws:SourceArn": "{{RuleArn}}" } } } ] } } },
          "Rule": { "Type": "AWS::Events::Rule", "Properties": { "Name": "orders", {{rule}} } }
        }
        """;

    public const string OrdersToInbox = """
        "EventPattern": { "source": ["shop"], "detail": { "total": [ { "numeric": [">", 10] } ] } },
        "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ]
        """;

    public static Task<RawCall.Answer> EventsAsync(this EmulatedStack stack, string operation, string input) =>
        RawCall.JsonAsync(stack.Url, $"AWSEvents.{operation}", input);

    /// <summary>Puts one event of source `shop`.</summary>
    public static Task<RawCall.Answer> PutAsync(this EmulatedStack stack, string detail) =>
        stack.EventsAsync("PutEvents", new JsonObject
        {
            ["Entries"] = new JsonArray(
            new JsonObject { ["Source"] = "shop", ["DetailType"] = "Order", ["Detail"] = detail }),
        }.ToJsonString());

    /// <summary>The next messages of a queue; waits for the first as a long poll does.</summary>
    public static async Task<IReadOnlyList<Message>> TakeAsync(this EmulatedStack stack, string queue, int max = 10)
    {
        using var sqs = stack.Sqs();
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = stack.QueueUrl(queue),
            MaxNumberOfMessages = max,
            WaitTimeSeconds = 20,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
        });
        return response.Messages ?? [];
    }
}
