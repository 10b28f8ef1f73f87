using System.Text.Json.Nodes;

namespace Lapstack.Services.Sqs;

/// <summary>A message as it is kept in the state folder: what must be the same after a restart.</summary>
internal sealed record StoredMessage
{
    public required string MessageId { get; init; }

    /// <summary>The order of arrival in its queue.</summary>
    public required long Sequence { get; init; }

    public required string Body { get; init; }

    /// <summary>The sender's attributes: name → { DataType, StringValue | BinaryValue }.</summary>
    public required JsonObject MessageAttributes { get; init; }

    public required string SenderId { get; init; }

    /// <summary>The X-Ray header the sender attached, if any.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>
    /// Whose message it is. AWS hands out messages of groups that take little before those of a group that takes much;
    /// here they come in order of arrival, which a standard queue may do too.
    /// </summary>
    public string? GroupId { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>
    /// Hidden until then: by the delay it was sent with, or by the visibility timeout of its last receive.
    /// </summary>
    public required DateTimeOffset VisibleAt { get; init; }

    /// <summary>Counts on in the dead-letter queue.</summary>
    public int ReceiveCount { get; init; }

    public DateTimeOffset? FirstReceivedAt { get; init; }

    /// <summary>
    /// The handle of the last receive: the only one that deletes the message. Null before the first receive.
    /// </summary>
    public string? Handle { get; init; }

    /// <summary>The queue it was moved from.</summary>
    public string? DeadLetterSourceArn { get; init; }
}
