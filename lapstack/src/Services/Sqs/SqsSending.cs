using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>SendMessage and SendMessageBatch.</summary>
internal static partial class SqsSending
{
    private const int LongestDelay = 900;

    public static Func<Queue, JsonObject> Send(JsonCall call)
    {
        var draft = Read(call.Input, call.Request.Caller.UserId);
        return queue => Send(queue, draft);
    }

    public static Func<Queue, JsonObject> SendBatch(JsonCall call)
    {
        var entries = SqsBatch.Entries(call.Input);
        var sender = call.Request.Caller.UserId;
        var size = entries.Sum(
            entry =>
                Size(entry.Text("MessageBody") ?? "", MessageAttributes.Read(entry.Structure("MessageAttributes"))));
        if (size > QueueSettings.LargestMessage)
        {
            throw SqsErrors.Batch("BatchRequestTooLong",
                $"Batch requests cannot be longer than {QueueSettings.LargestMessage} bytes. You have sent {size} " +
                "bytes.");
        }
        return queue => SqsBatch.Answer(entries, entry => Send(queue, Read(entry, sender)));
    }

    private static JsonObject Send(Queue queue, MessageDraft draft)
    {
        var largest = queue.Settings.MaximumMessageSize;
        if (Size(draft.Body, draft.MessageAttributes) > largest)
            throw SqsErrors.Invalid(
                $"One or more parameters are invalid. Reason: Message must be shorter than {largest} bytes.");
        var answer = new JsonObject
        {
            ["MessageId"] = queue.Send(draft),
            ["MD5OfMessageBody"] = MessageDigest.Md5(draft.Body),
        };
        if (draft.MessageAttributes.Count > 0)
        {
            answer["MD5OfMessageAttributes"] = MessageAttributes.Md5(draft.MessageAttributes);
        }

        if (draft.TraceHeader is { } trace)
            answer["MD5OfMessageSystemAttributes"] = MessageAttributes.Md5(
                MessageAttributes.Text([new("AWSTraceHeader", trace)]));
        return answer;
    }

    private static MessageDraft Read(JsonObject input, string sender)
    {
        var body = input.RequiredText("MessageBody");
        if (!MessageText.IsAllowed(body)) throw SqsErrors.InvalidContents();
        if (input["MessageDeduplicationId"] is not null)
        {
            throw SqsErrors.Invalid(
                "The request includes a parameter that is not valid for this queue type: MessageDeduplicationId is " +
                "for FIFO queues.");
        }
        var group = input.Text("MessageGroupId");
        if (group is not null && !GroupId().IsMatch(group))
        {
            throw SqsErrors.Invalid("MessageGroupId", group,
                "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
        var system = input.Structure("MessageSystemAttributes");
        return new MessageDraft(
            body,
            MessageAttributes.Read(input.Structure("MessageAttributes")),
            sender,
            input.Seconds("DelaySeconds", LongestDelay),
            system["AWSTraceHeader"]?["StringValue"]?.ToString(),
            group);
    }

    private static int Size(string body, JsonObject attributes) =>
        Encoding.UTF8.GetByteCount(body) + MessageAttributes.Size(attributes);

    [GeneratedRegex(@"^[!-~]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupId();
}
