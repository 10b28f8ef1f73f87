namespace Jobs;

/// <summary>
/// Handles the messages of a queue, which <see cref="OnQueueAttribute"/> gives it, or uploads with
/// <see cref="OnUploadAttribute"/>: a job whose tasks come when messages wait, or a service. Each message has an
/// instance and a scope of services of its own.
/// </summary>
/// <example><code>
/// [OnQueue]
/// [Writes("letters/")]
/// public sealed class Welcome : IMessageHandler&lt;Welcome.Customer&gt;
/// {
///     public sealed record Customer(int Number, string Name);
///
///     public async Task HandleAsync(Customer customer, MessageContext context, CancellationToken stop)
///     {
///         using var letter = new MemoryStream(Encoding.UTF8.GetBytes($"Dear {customer.Name},"));
///         await context.WriteAsync($"letters/{customer.Number}.txt", letter, "text/plain", stop);
///     }
/// }
/// </code></example>
/// <typeparam name="T">A message, read from JSON in camel case.</typeparam>
public interface IMessageHandler<T>
{
    /// <summary>
    /// Handles one message, which is deleted when this returns. SQS may deliver a message more than once, so what it
    /// writes should be the same when repeated. Throw <see cref="JobFailedException"/> when this message can never
    /// succeed: it goes to the dead letters at once. After any other exception it comes again, 10 seconds later and
    /// then after twice as long each time, up to 15 minutes; the queue's MaxReceives-th failure is the last.
    /// </summary>
    /// <param name="context">The message's id, objects, log.</param>
    /// <param name="stop">
    /// Fires when the task must end, or when the message is no longer this task's;
    /// <see cref="MessageContext.Interrupted"/> says which. A message whose handler ends after that by an exception is
    /// given back. One that has not ended 2.5 seconds later is given back all the same.
    /// </param>
    Task HandleAsync(T message, MessageContext context, CancellationToken stop);
}
