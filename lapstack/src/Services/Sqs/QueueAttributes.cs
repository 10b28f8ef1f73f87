using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>GetQueueAttributes: values are strings, and nothing comes that was not asked for.</summary>
internal static class QueueAttributes
{
    // Attributes of features that the queues of the stack do not use: asking is allowed, and they are absent.
    private static readonly HashSet<string> NeverSet =
    [
        "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
    ];

    private static readonly Dictionary<string, Func<Queue, string?>> Readers = new()
    {
        ["QueueArn"] = queue => queue.Arn,
        ["ApproximateNumberOfMessages"] = queue => Text(queue.Depth().Visible),
        ["ApproximateNumberOfMessagesNotVisible"] = queue => Text(queue.Depth().InFlight),
        ["ApproximateNumberOfMessagesDelayed"] = queue => Text(queue.Depth().Delayed),
        ["CreatedTimestamp"] = queue => Text(queue.CreatedAt.ToUnixTimeSeconds()),
        ["LastModifiedTimestamp"] = queue => Text(queue.CreatedAt.ToUnixTimeSeconds()),
        ["DelaySeconds"] = queue => Text(queue.Settings.DelaySeconds),
        ["MaximumMessageSize"] = queue => Text(queue.Settings.MaximumMessageSize),
        ["MessageRetentionPeriod"] = queue => Text(queue.Settings.MessageRetentionPeriod),
        ["ReceiveMessageWaitTimeSeconds"] = queue => Text(queue.Settings.ReceiveMessageWaitTimeSeconds),
        ["VisibilityTimeout"] = queue => Text(queue.Settings.VisibilityTimeout),
        ["RedrivePolicy"] = queue => queue.Settings.Redrive is { } redrive
            ? new JsonObject
            {
                ["deadLetterTargetArn"] = redrive.DeadLetterTargetArn,
                ["maxReceiveCount"] = redrive.MaxReceiveCount,
            }.ToJsonString()
            : null,
        ["Policy"] = queue => queue.Settings.Policy,
        ["RedriveAllowPolicy"] = queue => queue.Settings.RedriveAllowPolicy,
        ["KmsMasterKeyId"] = queue => queue.Settings.KmsMasterKeyId,
        ["KmsDataKeyReusePeriodSeconds"] = queue => queue.Settings.KmsDataKeyReusePeriodSeconds,
        ["SqsManagedSseEnabled"] = queue => queue.Settings.KmsMasterKeyId is null ? "true" : "false",
    };

    public static Func<Queue, JsonObject> Answer(JsonObject input)
    {
        var names = input.Texts("AttributeNames") ?? [];
        if (names.FirstOrDefault(
            name => name != "All" && !Readers.ContainsKey(name) && !NeverSet.Contains(name)) is { } unknown)
            throw SqsErrors.InvalidAttributeName(unknown);
        var wanted = Readers.Where(reader => names.Contains("All") || names.Contains(reader.Key)).ToList();
        return queue =>
        {
            var values = wanted.Select(
                reader => KeyValuePair.Create<string, JsonNode?>(reader.Key, reader.Value(queue)))
                .Where(pair => pair.Value is not null).ToList();
            return values.Count == 0 ? [] : new JsonObject { ["Attributes"] = new JsonObject(values) };
        };
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
