using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core.Ports;

namespace Jobs.Aws;

/// <summary>A dead-letter queue that a function writes itself, because SQS's own redrive cannot say why.</summary>
public sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl) : IDeadLetters
{
    /// <summary>Message attribute with the reason.</summary>
    public const string ReasonAttribute = "reason";

    public async Task SendAsync(string body, string reason, CancellationToken cancellation) => await sqs.SendMessageAsync(
        new SendMessageRequest
        {
            QueueUrl = queueUrl,
            MessageBody = body,
            MessageAttributes = new() { [ReasonAttribute] = new MessageAttributeValue { DataType = "String", StringValue = reason } },
        },
        cancellation);
}
