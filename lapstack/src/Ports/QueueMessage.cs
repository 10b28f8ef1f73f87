using System.Text.Json.Nodes;

namespace Lapstack.Ports;

/// <summary>A received message.</summary>
/// <param name="Attributes">System attributes: SenderId, SentTimestamp, ApproximateReceiveCount,
/// ApproximateFirstReceiveTimestamp.</param>
/// <param name="MessageAttributes">The sender's attributes as the API gives them: name → { DataType, StringValue |
/// BinaryValue }.</param>
public sealed record QueueMessage(
    string MessageId,
    string ReceiptHandle,
    string Body,
    string Md5OfBody,
    IReadOnlyDictionary<string, string> Attributes,
    JsonObject MessageAttributes);
