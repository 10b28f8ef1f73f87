using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Aws;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Messages;

namespace Jobs.Cli.Stacks;

/// <summary>The queues that the stack puts out.</summary>
internal sealed class SqsQueues(IAmazonSQS sqs, StackPlace place) : IQueues
{
    private const int PerCall = 10;

    /// <summary>Long enough to read ten thousand, and short enough that they are not missed.</summary>
    private const int PeekSeconds = 30;

    /// <summary>
    /// Attribute by which EventBridge says why it could not deliver.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    /// </summary>
    private const string EventBridgeReason = "ERROR_MESSAGE";

    public IReadOnlyList<string> Working => Names(OutputNames.QueuePrefix);

    public IReadOnlyList<string> DeadLetters => Names(OutputNames.DeadLettersPrefix);

    public async Task<QueueDepth> DepthAsync(string name, bool deadLetters, CancellationToken cancellation)
    {
        var answer = await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest
            {
                QueueUrl = place.Output((deadLetters ? OutputNames.DeadLettersPrefix : OutputNames.QueuePrefix) + name),
                AttributeNames =
                [
                    "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesDelayed",
                ],
            },
            cancellation);
        return new QueueDepth(
            Number("ApproximateNumberOfMessages"),
            Number("ApproximateNumberOfMessagesNotVisible"),
            Number("ApproximateNumberOfMessagesDelayed"));

        int Number(string attribute) => int.Parse(answer.Attributes[attribute], CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyList<DeadLetter>> PeekAsync(string name, int max, CancellationToken cancellation)
    {
        var url = place.Output(OutputNames.DeadLettersPrefix + name);
        var seen = new Dictionary<string, Message>(StringComparer.Ordinal);
        try
        {
            // SQS asks only some of its servers each time: two empty answers in a row are believed.
            for (var empty = 0; seen.Count < max && empty < 2;)
            {
                var messages = await ReceiveAsync(url, Math.Min(PerCall, max - seen.Count), PeekSeconds, cancellation);
                var before = seen.Count;
                foreach (var message in messages) seen[message.MessageId] = message;
                empty = seen.Count > before ? 0 : empty + 1;
            }

            return [.. seen.Values.Select(Read).OrderBy(letter => letter.SentAt)];
        }
        finally
        {
            // They would be seen again by themselves, but half a minute is long for who looks twice.
            await Task.WhenAll(seen.Values.Select(message => sqs.ChangeMessageVisibilityAsync(
                new ChangeMessageVisibilityRequest
                {
                    QueueUrl = url,
                    ReceiptHandle = message.ReceiptHandle,
                    VisibilityTimeout = 0,
                }, CancellationToken.None)));
        }
    }

    /// <remarks>
    /// Not by SQS's own StartMessageMoveTask: it moves at least one message a second, asks for the rights on both
    /// queues all the same, and may not know where a message belongs that a function wrote into the dead letters.
    /// </remarks>
    public async Task<int> MoveBackAsync(string name, int max, CancellationToken cancellation)
    {
        var from = place.Output(OutputNames.DeadLettersPrefix + name);
        var to = place.Output(OutputNames.QueuePrefix + name);
        var messages = await ReceiveAsync(from, Math.Min(PerCall, max), PeekSeconds, cancellation);
        foreach (var message in messages)
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = to,
                    MessageBody = message.Body,
                    MessageAttributes = AttributesOf(message, name),
                },
                cancellation);
            await sqs.DeleteMessageAsync(
                new DeleteMessageRequest { QueueUrl = from, ReceiptHandle = message.ReceiptHandle }, cancellation);
        }

        return messages.Count;
    }

    private static Dictionary<string, MessageAttributeValue> AttributesOf(Message message, string queue)
    {
        // The reason was that of the last time. A command has no other attributes that are read, and what rights it has
        // depends on who sent it first. Messages of the commands queue have their senders' rights.
        if (queue != Core.Names.CommandsQueue)
        {
            return (message.MessageAttributes ?? []).Where(one => !SqsDeadLetters.IsOurs(one.Key)).ToDictionary();
        }

        var senders = Senders.Append(
            Attribute(message, Senders.Attribute), message.Attributes.GetValueOrDefault("SenderId"));
        return senders is null
            ? []
            : new() { [Senders.Attribute] = new MessageAttributeValue { DataType = "String", StringValue = senders } };
    }

    private async Task<List<Message>> ReceiveAsync(
        string url, int max, int visibilitySeconds, CancellationToken cancellation) => (await sqs.ReceiveMessageAsync(
        new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = max,
            VisibilityTimeout = visibilitySeconds,
            WaitTimeSeconds = 1,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["SentTimestamp", "ApproximateReceiveCount", "SenderId"],
        },
        cancellation)).Messages ?? [];

    private IReadOnlyList<string> Names(string prefix) =>
    [
        .. place.Outputs.Keys
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length)
            .Select(name => name[prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    private static DeadLetter Read(Message message) => new(
        message.MessageId,
        DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(message.Attributes["SentTimestamp"], CultureInfo.InvariantCulture)),
        int.Parse(message.Attributes["ApproximateReceiveCount"], CultureInfo.InvariantCulture),
        Attribute(message, SqsDeadLetters.ReasonAttribute) ?? Attribute(message, EventBridgeReason),
        message.Body);

    private static string? Attribute(Message message, string name) =>
        message.MessageAttributes?.GetValueOrDefault(name)?.StringValue;
}
