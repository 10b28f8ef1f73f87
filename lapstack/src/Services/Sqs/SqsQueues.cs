using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>SQS for the other services.</summary>
internal sealed class SqsQueues(QueueStore queues) : IQueues
{
    public bool Exists(string queueArn) => queues.FindByArn(queueArn) is not null;

    public Task<string> SendAsync(string queueArn, string body, Caller sender, CancellationToken cancellation) =>
        SendAsync(queueArn, body, new Dictionary<string, string>(), sender, cancellation);

    public Task<string> SendAsync(
        string queueArn, string body, IReadOnlyDictionary<string, string> attributes, Caller sender,
            CancellationToken cancellation) =>
        Task.FromResult(Find(queueArn).Send(new MessageDraft(body, MessageAttributes.Text(attributes), sender.UserId)));

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queueArn, int max, TimeSpan wait, TimeSpan? visibility, CancellationToken cancellation)
    {
        var queue = Find(queueArn);
        var messages = await queue.ReceiveAsync(max, wait, visibility ?? queue.Settings.Visibility, cancellation);
        return [.. messages.Select(message => new QueueMessage(
            message.MessageId,
            message.Handle!,
            message.Body,
            MessageDigest.Md5(message.Body),
            SystemAttributes.Of(message),
            (JsonObject)message.MessageAttributes.DeepClone()))];
    }

    public Task DeleteAsync(string queueArn, string receiptHandle, CancellationToken cancellation)
    {
        Find(queueArn).Delete(receiptHandle);
        return Task.CompletedTask;
    }

    public Task ChangeVisibilityAsync(
        string queueArn, string receiptHandle, TimeSpan visibility, CancellationToken cancellation)
    {
        try
        {
            Find(queueArn).ChangeVisibility(receiptHandle, visibility);
        }
        catch (ServiceError)
        {
            // Its visibility timeout ended first, or it was deleted: there is nothing left to change.
        }
        return Task.CompletedTask;
    }

    public QueueDepth Depth(string queueArn) => Find(queueArn).Depth();

    private Queue Find(string queueArn) => queues.FindByArn(queueArn) ?? throw SqsErrors.QueueDoesNotExist();
}
