using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Amazon.SQS.Model.Wire;

/// <summary>
/// What was sent or received is what SQS digested, or <see cref="AmazonSQSException"/>. As in the official client, an answer to
/// ReceiveMessage or SendMessageBatch without the body's digest is a mismatch too.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
/// </summary>
internal static class Md5
{
    public static void Check(SendMessageRequest sent, SendMessageResponse response)
    {
        if (!string.IsNullOrEmpty(response.MD5OfMessageBody)) Compare(Body(sent.MessageBody), response.MD5OfMessageBody);
        CompareAttributes(sent.MessageAttributes, response.MD5OfMessageAttributes);
    }

    public static void Check(SendMessageBatchRequest sent, SendMessageBatchResponse response)
    {
        foreach (var result in response.Successful ?? [])
        {
            if (sent.Entries.Find(entry => entry.Id == result.Id) is not { } entry) continue;
            Compare(Body(entry.MessageBody), result.MD5OfMessageBody);
            CompareAttributes(entry.MessageAttributes, result.MD5OfMessageAttributes);
        }
    }

    public static void Check(ReceiveMessageResponse response)
    {
        foreach (var message in response.Messages ?? [])
        {
            Compare(Body(message.Body), message.MD5OfBody);
            CompareAttributes(message.MessageAttributes, message.MD5OfMessageAttributes);
        }
    }

    private static void CompareAttributes(Dictionary<string, MessageAttributeValue> attributes, string answered)
    {
        if (attributes is { Count: > 0 } && !string.IsNullOrEmpty(answered)) Compare(Digest(attributes), answered);
    }

    private static void Compare(string computed, string answered)
    {
        if (computed.Equals(answered, StringComparison.OrdinalIgnoreCase)) return;
        throw new AmazonSQSException($"MD5 hash mismatch. Expected MD5 hash {answered ?? "of the answer, which has none"}, but computed {computed}.");
    }

    private static string Body(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text ?? "")));

    /// <summary>Sorted by name; each name, type and value has its length in front, the value also 1 for text or 2 for bytes.</summary>
    private static string Digest(Dictionary<string, MessageAttributeValue> attributes)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var (name, value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(md5, Encoding.UTF8.GetBytes(name));
            Append(md5, Encoding.UTF8.GetBytes(value.DataType));
            md5.AppendData([(byte)(value.StringValue is null ? 2 : 1)]);
            Append(md5, value.StringValue is { } text ? Encoding.UTF8.GetBytes(text) : value.BinaryValue?.ToArray() ?? []);
        }
        return Convert.ToHexStringLower(md5.GetHashAndReset());
    }

    private static void Append(IncrementalHash md5, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        md5.AppendData(length);
        md5.AppendData(bytes);
    }
}
