using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core;
using Jobs.Core.Messages;

namespace Jobs.Aws;

/// <summary>A dead-letter queue that a function writes itself, because SQS's own redrive cannot say why.</summary>
public sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl) : IDeadLetters
{
    /// <summary>Message attribute with the reason.</summary>
    public const string ReasonAttribute = "reason";

    /// <summary>
    /// Begins the names of the other attributes that tell of a message's death: <c>jobs.errorType</c>, <c>jobs.run</c>
    /// and so on.
    /// </summary>
    public const string DetailPrefix = "jobs.";

    /// <summary>UTF-16 characters of a reason.</summary>
    private const int MaxReason = 4_096;

    /// <summary>Whether an attribute tells of a message's death, and is not its sender's.</summary>
    public static bool IsOurs(string attribute) =>
        attribute == ReasonAttribute || attribute.StartsWith(DetailPrefix, StringComparison.Ordinal);

    public async Task SendAsync(string body, string reason, string? senders, CancellationToken cancellation)
    {
        var request = new SendMessageRequest { QueueUrl = queueUrl, MessageBody = body, MessageAttributes = [] };
        var size = Encoding.UTF8.GetByteCount(body);
        if (senders is not null)
        {
            // Without them a move back to the queue would lend the message the mover's rights: they always fit.
            request.MessageAttributes[Senders.Attribute] = Text(senders);
            size += SqsText.SizeOf(Senders.Attribute, senders);
        }

        // The function's log has all of it.
        var told = Excerpt.Of(SqsText.Printable(reason), MaxReason);
        if (SqsText.Fit(ReasonAttribute, told, SqsText.BytesBeside(size)) is { } fitting)
        {
            request.MessageAttributes[ReasonAttribute] = Text(fitting);
        }

        await sqs.SendMessageAsync(request, cancellation);
    }

    private static MessageAttributeValue Text(string text) => new() { DataType = "String", StringValue = text };
}
