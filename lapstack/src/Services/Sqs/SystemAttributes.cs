using System.Globalization;

namespace Lapstack.Services.Sqs;

/// <summary>What SQS itself says about a received message. Times are milliseconds since 1970.</summary>
internal static class SystemAttributes
{
    public static Dictionary<string, string> Of(StoredMessage message)
    {
        Dictionary<string, string> attributes = new()
        {
            ["SenderId"] = message.SenderId,
            ["SentTimestamp"] = Milliseconds(message.SentAt),
            ["ApproximateReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
            ["ApproximateFirstReceiveTimestamp"] = Milliseconds(message.FirstReceivedAt ?? message.SentAt),
        };
        if (message.TraceHeader is { } trace) attributes["AWSTraceHeader"] = trace;
        if (message.GroupId is { } group) attributes["MessageGroupId"] = group;
        if (message.DeadLetterSourceArn is { } source) attributes["DeadLetterQueueSourceArn"] = source;
        return attributes;
    }

    private static string Milliseconds(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
