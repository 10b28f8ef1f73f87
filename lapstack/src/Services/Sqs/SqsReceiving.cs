using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>ReceiveMessage, DeleteMessage and ChangeMessageVisibility, and the batches of the latter two.</summary>
internal static class SqsReceiving
{
    private const int MostMessages = 10;
    private const int LongestWait = 20;
    private const int LongestVisibility = 43_200;

    public static Func<Queue, CancellationToken, Task<JsonObject>> Receive(JsonObject input)
    {
        var max = input.Number("MaxNumberOfMessages", 1, MostMessages) ?? 1;
        var wait = input.Seconds("WaitTimeSeconds", LongestWait);
        var visibility = input.Seconds("VisibilityTimeout", LongestVisibility);
        HashSet<string> systemNames =
        [
            .. input.Texts("MessageSystemAttributeNames") ?? [], .. input.Texts("AttributeNames") ?? [],
        ];
        var names = input.Texts("MessageAttributeNames") ?? [];
        return async (queue, cancellation) =>
        {
            var messages = await queue.ReceiveAsync(
                max, wait ?? queue.Settings.Wait, visibility ?? queue.Settings.Visibility, cancellation);
            var answer = new JsonObject();
            if (messages.Count > 0)
            {
                answer["Messages"] = new JsonArray(
                    [.. messages.Select(message => (JsonNode)Render(message, systemNames, names))]);
            }

            return answer;
        };
    }

    public static Func<Queue, JsonObject> Delete(JsonObject input)
    {
        var handle = Handle(input);
        return queue =>
        {
            queue.Delete(handle);
            return [];
        };
    }

    public static Func<Queue, JsonObject> DeleteBatch(JsonObject input)
    {
        var entries = SqsBatch.Entries(input);
        return queue => SqsBatch.Answer(entries, entry => Delete(entry)(queue));
    }

    public static Func<Queue, JsonObject> ChangeVisibility(JsonObject input)
    {
        var handle = Handle(input);
        var visibility = input.Seconds("VisibilityTimeout", LongestVisibility)
            ?? throw SqsErrors.Missing("VisibilityTimeout");
        return queue =>
        {
            queue.ChangeVisibility(handle, visibility);
            return [];
        };
    }

    public static Func<Queue, JsonObject> ChangeVisibilityBatch(JsonObject input)
    {
        var entries = SqsBatch.Entries(input);
        return queue => SqsBatch.Answer(entries, entry => ChangeVisibility(entry)(queue));
    }

    private static string Handle(JsonObject input)
    {
        var handle = input.RequiredText("ReceiptHandle");
        _ = ReceiptHandle.MessageIdOf(handle);
        return handle;
    }

    private static JsonObject Render(StoredMessage message, HashSet<string> systemNames, IReadOnlyList<string> names)
    {
        var rendered = new JsonObject
        {
            ["MessageId"] = message.MessageId,
            ["ReceiptHandle"] = message.Handle,
            ["MD5OfBody"] = MessageDigest.Md5(message.Body),
            ["Body"] = message.Body,
        };
        var system = SystemAttributes.Of(message)
            .Where(pair => systemNames.Contains("All") || systemNames.Contains(pair.Key))
            .ToList();
        if (system.Count > 0)
            rendered["Attributes"] = new JsonObject(
                system.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
        var attributes = MessageAttributes.Select(message.MessageAttributes, names);
        if (attributes.Count > 0)
        {
            rendered["MD5OfMessageAttributes"] = MessageAttributes.Md5(attributes);
            rendered["MessageAttributes"] = attributes;
        }
        return rendered;
    }
}
