using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core.Messages;
using Jobs.Core.Tracing;

namespace Jobs.Aws.Workers;

/// <summary>A job's queue and its dead letters in SQS.</summary>
/// <param name="polling">Client for receives, which answer after 20 seconds:
/// <see cref="WorkerClients.SqsPolling"/>.</param>
/// <param name="sqs">Client for everything else.</param>
/// <param name="isTraced">Whether receives ask for X-Ray's context as well.</param>
public sealed class SqsMessageQueue(
    IAmazonSQS polling, IAmazonSQS sqs, string queueUrl, string deadLettersUrl, bool isTraced = false) : IMessageQueue
{
    /// <summary>
    /// Codes, with or without their namespace, by which SQS says that a receipt is worth nothing any more.
    /// </summary>
    private static readonly string[] LostCodes =
    [
        "MessageNotInflight", "ReceiptHandleIsInvalid", "InvalidParameterValue",
    ];

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellation)
    {
        var answer = await polling.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = queueUrl,
                MaxNumberOfMessages = max,
                WaitTimeSeconds = (int)wait.TotalSeconds,
                VisibilityTimeout = (int)visibility.TotalSeconds,
                MessageSystemAttributeNames =
                [
                    MessageSystemAttributeName.ApproximateReceiveCount, MessageSystemAttributeName.SentTimestamp,
                    .. isTraced ? [TraceText.AwsHeader] : Array.Empty<string>(),
                ],
                MessageAttributeNames = ["All"],
            },
            cancellation);
        return [.. (answer.Messages ?? []).Select(Read)];
    }

    public async Task<IReadOnlyList<ReceiptOutcome>> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes, CancellationToken cancellation)
    {
        var answer = await sqs.ChangeMessageVisibilityBatchAsync(
            new ChangeMessageVisibilityBatchRequest
            {
                QueueUrl = queueUrl,
                Entries =
                [
                    .. changes.Select((change, index) => new ChangeMessageVisibilityBatchRequestEntry
                    {
                        Id = IdOf(index),
                        ReceiptHandle = change.Receipt,
                        VisibilityTimeout = (int)change.Visibility.TotalSeconds,
                    }),
                ],
            },
            cancellation);
        return Outcomes(changes.Count, answer.Successful?.Select(one => one.Id), answer.Failed);
    }

    public async Task<IReadOnlyList<ReceiptOutcome>> DeleteAsync(
        IReadOnlyList<string> receipts, CancellationToken cancellation)
    {
        var answer = await sqs.DeleteMessageBatchAsync(
            new DeleteMessageBatchRequest
            {
                QueueUrl = queueUrl,
                Entries = [.. receipts.Select((receipt, index) =>
                    new DeleteMessageBatchRequestEntry { Id = IdOf(index), ReceiptHandle = receipt })],
            },
            cancellation);
        return Outcomes(receipts.Count, answer.Successful?.Select(one => one.Id), answer.Failed);
    }

    public async Task SendToDeadLettersAsync(
        string body, IReadOnlyDictionary<string, QueueAttribute> attributes, CancellationToken cancellation) =>
        await sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = deadLettersUrl,
                MessageBody = body,
                MessageAttributes = attributes.Count == 0
                    ? null
                    : attributes.ToDictionary(pair => pair.Key, pair => Write(pair.Value)),
            },
            cancellation);

    /// <summary>What the answer does not mention is not known.</summary>
    private static ReceiptOutcome[] Outcomes(
        int count, IEnumerable<string>? done, IEnumerable<BatchResultErrorEntry>? failed)
    {
        var outcomes = Enumerable.Repeat(ReceiptOutcome.Unknown, count).ToArray();
        foreach (var id in done ?? []) outcomes[IndexOf(id)] = ReceiptOutcome.Done;
        foreach (var one in failed ?? [])
        {
            if (LostCodes.Any(code => one.Code.EndsWith(code, StringComparison.Ordinal)))
            {
                outcomes[IndexOf(one.Id)] = ReceiptOutcome.Lost;
            }
        }

        return outcomes;
    }

    private static string IdOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static int IndexOf(string id) => int.Parse(id, CultureInfo.InvariantCulture);

    private static QueueMessage Read(Message message) => new(message.MessageId, message.ReceiptHandle, message.Body)
    {
        Receives = int.Parse(
            message.Attributes[MessageSystemAttributeName.ApproximateReceiveCount], CultureInfo.InvariantCulture),
        SentAt = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(message.Attributes[MessageSystemAttributeName.SentTimestamp], CultureInfo.InvariantCulture)),
        TraceHeader = message.Attributes.GetValueOrDefault(TraceText.AwsHeader),
        Attributes = (message.MessageAttributes ?? []).ToDictionary(
            pair =>
                pair.Key, pair =>
                    new QueueAttribute(pair.Value.DataType, pair.Value.StringValue, pair.Value.BinaryValue?.ToArray())),
    };

    private static MessageAttributeValue Write(QueueAttribute attribute) => new()
    {
        DataType = attribute.DataType,
        StringValue = attribute.Text,
        BinaryValue = attribute.Bytes is { } bytes ? new MemoryStream(bytes) : null,
    };
}
