using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Lambda;

/// <summary>The event a function gets for a batch of messages, and how its answer is read.</summary>
internal static class SqsEvent
{
    public static byte[] Render(
        IEnumerable<QueueMessage> messages, string queueArn, string region) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["Records"] = new JsonArray([.. messages.Select(m => new JsonObject
            {
                ["messageId"] = m.MessageId,
                ["receiptHandle"] = m.ReceiptHandle,
                ["body"] = m.Body,
                ["attributes"] = new JsonObject(
                    m.Attributes.Select(a => KeyValuePair.Create<string, JsonNode?>(a.Key, a.Value))),
                ["messageAttributes"] = new JsonObject(
                    m.MessageAttributes.Select(
                        a => KeyValuePair.Create<string, JsonNode?>(a.Key, Attribute(a.Value!)))),
                ["md5OfBody"] = m.Md5OfBody,
                ["eventSource"] = "aws:sqs",
                ["eventSourceARN"] = queueArn,
                ["awsRegion"] = region,
            })]),
        },
        JsonText.Plain);

    /// <summary>
    /// The ids of the messages that failed, by the rules of ReportBatchItemFailures: nothing or an empty list is
    /// success; what is no JSON, or names no or an unknown message, fails the whole batch.
    /// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    /// </summary>
    public static IReadOnlySet<string> Failures(IReadOnlyList<QueueMessage> batch, ReadOnlySpan<byte> answer)
    {
        var all = batch.Select(m => m.MessageId).ToHashSet(StringComparer.Ordinal);
        if (answer.IsEmpty) return new HashSet<string>();
        try
        {
            var parsed = JsonNode.Parse(answer, documentOptions: new() { AllowDuplicateProperties = false });
            var failures = (parsed as JsonObject)?["batchItemFailures"];
            if (failures is null) return new HashSet<string>();
            var failed = failures.AsArray()
                .Select(f => f?["itemIdentifier"]?.GetValue<string>() ?? "")
                .ToHashSet(StringComparer.Ordinal);
            return failed.IsSubsetOf(all) ? failed : all;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return all;
        }
    }

    private static JsonObject Attribute(JsonNode attribute)
    {
        var json = new JsonObject { ["dataType"] = attribute["DataType"]?.DeepClone() };
        if (attribute["StringValue"] is { } text) json["stringValue"] = text.DeepClone();
        if (attribute["BinaryValue"] is { } binary) json["binaryValue"] = binary.DeepClone();
        json["stringListValues"] = new JsonArray();
        json["binaryListValues"] = new JsonArray();
        return json;
    }
}
