using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core.Ports;
using Jobs.Core.Triggers;

namespace Jobs.Aws;

/// <summary>A dead-letter queue that a function writes itself, because SQS's own redrive cannot say why.</summary>
public sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl) : IDeadLetters
{
    /// <summary>Message attribute with the reason.</summary>
    public const string ReasonAttribute = "reason";

    /// <summary>Begins the names of the other attributes that tell of a message's death: <c>jobs.errorType</c>, <c>jobs.run</c> and so on.</summary>
    public const string DetailPrefix = "jobs.";

    /// <summary>Whether an attribute tells of a message's death, and is not its sender's.</summary>
    public static bool IsOurs(string attribute) => attribute == ReasonAttribute || attribute.StartsWith(DetailPrefix, StringComparison.Ordinal);

    public async Task SendAsync(string body, string reason, string? senders, CancellationToken cancellation)
    {
        var request = new SendMessageRequest { QueueUrl = queueUrl, MessageBody = body, MessageAttributes = new() { [ReasonAttribute] = Text(reason) } };
        if (senders is not null) request.MessageAttributes[Senders.Attribute] = Text(senders);
        await sqs.SendMessageAsync(request, cancellation);
    }

    private static MessageAttributeValue Text(string text) => new() { DataType = "String", StringValue = text };
}
