using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Ports;
using Jobs.Core.Triggers;

namespace Jobs.Functions;

/// <summary>
/// Handles a batch of an inbox queue, its messages side by side: done, refused for good with the reason, or returned to be
/// received again. One bad message never holds up the others.
/// </summary>
public sealed class Inbox(IDeadLetters deadLetters, TimeProvider clock)
{
    /// <summary>Time left to answer when the work has to stop.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <param name="handle">Handles one body and says in a few words what came of it.</param>
    public Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context, Func<string, CancellationToken, Task<string>> handle) =>
        HandleAsync(batch, context, (SQSEvent.SQSMessage message, CancellationToken cancellation) => handle(message.Body, cancellation));

    /// <param name="handle">Handles one message and says in a few words what came of it.</param>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context, Func<SQSEvent.SQSMessage, CancellationToken, Task<string>> handle)
    {
        using var deadline = Deadline(context, clock);
        var failed = await Task.WhenAll(batch.Records.Select(async message =>
            await TryAsync(message, context.Logger, handle, deadline.Token) ? null : message.MessageId));
        return new SQSBatchResponse([.. failed.OfType<string>().Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id })]);
    }

    /// <summary>Who sent the message, by SQS; null when it does not say.</summary>
    public static string? SenderOf(SQSEvent.SQSMessage message) => message.Attributes?.GetValueOrDefault("SenderId");

    /// <summary>Who sent it before it was moved back to its queue.</summary>
    public static string? SendersOf(SQSEvent.SQSMessage message) => message.MessageAttributes?.GetValueOrDefault(Senders.Attribute)?.StringValue;

    /// <summary>How long launches may begin: what is left but for the longest that one may take.</summary>
    public static TimeSpan TimeToDispatch(ILambdaContext context) => context.RemainingTime - Margin - AwsClients.CallTimeout;

    /// <summary>Cancelled shortly before Lambda would end the invocation.</summary>
    public static CancellationTokenSource Deadline(ILambdaContext context, TimeProvider clock)
    {
        var time = context.RemainingTime - Margin;
        return new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
    }

    private async Task<bool> TryAsync(
        SQSEvent.SQSMessage message, ILambdaLogger logger, Func<SQSEvent.SQSMessage, CancellationToken, Task<string>> handle, CancellationToken cancellation)
    {
        try
        {
            logger.LogLine(await HandleAsync(message, handle, cancellation));
            return true;
        }
        catch (Exception e)
        {
            // Whatever it was, the message is received again, and after its last time SQS moves it to the dead-letter queue.
            logger.LogLine($"Message {message.MessageId} is received again: {e}");
            return false;
        }
    }

    private async Task<string> HandleAsync(SQSEvent.SQSMessage message, Func<SQSEvent.SQSMessage, CancellationToken, Task<string>> handle, CancellationToken cancellation)
    {
        try
        {
            return await handle(message, cancellation);
        }
        catch (RejectedMessageException e)
        {
            await deadLetters.SendAsync(message.Body, e.Message, Senders.Append(SendersOf(message), SenderOf(message)), cancellation);
            return $"Message {message.MessageId} went to the dead-letter queue: {e.Message}";
        }
    }
}
