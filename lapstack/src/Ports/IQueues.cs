using Lapstack.Access;

namespace Lapstack.Ports;

/// <summary>
/// SQS, for the services that send to queues (rules, topics, schedules) and poll them (event sources, alarms).
/// </summary>
public interface IQueues
{
    bool Exists(string queueArn);

    /// <summary>
    /// Sends one message and returns its id. <paramref name="sender"/> becomes the SenderId. Not authorized here: ask
    /// <see cref="IAuthorizer"/> first.
    /// </summary>
    Task<string> SendAsync(string queueArn, string body, Caller sender, CancellationToken cancellation);

    /// <summary>
    /// As <see cref="SendAsync(string, string, Caller, CancellationToken)"/>, with message attributes of type String.
    /// </summary>
    Task<string> SendAsync(
        string queueArn, string body, IReadOnlyDictionary<string, string> attributes, Caller sender,
        CancellationToken cancellation);

    /// <summary>
    /// Receives up to <paramref name="max"/> messages (any number, unlike the API's 10), waiting up to
    /// <paramref name="wait"/> for the first.
    /// </summary>
    /// <param name="visibility">Null: the queue's own timeout.</param>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queueArn, int max, TimeSpan wait, TimeSpan? visibility, CancellationToken cancellation);

    /// <summary>Deletes one received message; unknown handles are ignored, as SQS does.</summary>
    Task DeleteAsync(string queueArn, string receiptHandle, CancellationToken cancellation);

    /// <summary>
    /// Zero makes the message visible at once. A message that is gone, or visible already, is left alone.
    /// </summary>
    Task ChangeVisibilityAsync(
        string queueArn, string receiptHandle, TimeSpan visibility, CancellationToken cancellation);

    /// <summary>The numbers behind the ApproximateNumberOfMessages attributes, exact here.</summary>
    QueueDepth Depth(string queueArn);
}
