using System.Globalization;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core;
using Jobs.Core.Messages;
using Jobs.Core.Tracing;

namespace Jobs.Functions;

/// <summary>
/// Handles a batch of an inbox queue, its messages side by side: done, refused for good with the reason, or returned to
/// be received again. One bad message never holds up the others.
/// </summary>
/// <param name="traces">Null without tracing.</param>
public sealed class Inbox(IDeadLetters deadLetters, TimeProvider clock, RunTraces? traces = null)
{
    /// <summary>Time left to answer when the work has to stop.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a deployment takes at most between its first part that sends messages and its last that takes them.
    /// </summary>
    private static readonly TimeSpan DeploymentTime = TimeSpan.FromMinutes(10);

    /// <summary>Milliseconds of the last time to which that can be added.</summary>
    private static readonly long LastInstant = (DateTimeOffset.MaxValue - DeploymentTime).ToUnixTimeMilliseconds();

    /// <param name="handle">Handles one body and says in a few words what came of it.</param>
    public Task<SQSBatchResponse> HandleAsync(
        SQSEvent batch, ILambdaContext context, Func<string, CancellationToken, Task<string>> handle) =>
        HandleAsync(batch, context, (message, _, cancellation) => handle(message.Body, cancellation));

    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context, Handling handle)
    {
        using var deadline = Deadline(context, clock);
        var failed = await Task.WhenAll(batch.Records.Select(async message =>
            await TryTracedAsync(message, context, handle, deadline.Token) ? null : message.MessageId));
        return new SQSBatchResponse(
            [.. failed.OfType<string>().Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id })]);
    }

    /// <summary>Who sent the message, by SQS; null when it does not say.</summary>
    public static string? SenderOf(SQSEvent.SQSMessage message) => message.Attributes?.GetValueOrDefault("SenderId");

    /// <summary>Who sent it before it was moved back to its queue.</summary>
    public static string? SendersOf(SQSEvent.SQSMessage message) =>
        message.MessageAttributes?.GetValueOrDefault(Senders.Attribute)?.StringValue;

    /// <summary>How long launches may begin: what is left but for the longest that one may take.</summary>
    public static TimeSpan TimeToDispatch(ILambdaContext context) =>
        context.RemainingTime - Margin - AwsClients.CallTimeout;

    /// <summary>Cancelled shortly before Lambda would end the invocation.</summary>
    public static CancellationTokenSource Deadline(ILambdaContext context, TimeProvider clock)
    {
        var time = context.RemainingTime - Margin;
        return new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
    }

    /// <summary>
    /// When SQS took the message; null when it does not say. One that was moved back from dead letters may say when
    /// that was.
    /// </summary>
    internal static DateTimeOffset? SentAtOf(SQSEvent.SQSMessage message)
    {
        var timestamp = message.Attributes?.GetValueOrDefault("SentTimestamp");
        var isReadable = long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent);
        return isReadable && sent <= LastInstant ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null;
    }

    private async Task<bool> TryTracedAsync(
        SQSEvent.SQSMessage message, ILambdaContext context, Handling handle, CancellationToken cancellation)
    {
        if (traces is null) return await TryAsync(message, context.Logger, handle, cancellation);
        var trace = traces.Begin(MessageContexts.OfSender(message));
        var isDone = await TryAsync(message, context.Logger, handle, cancellation);
        traces.End(
            trace,
            context.FunctionName,
            MessageContexts.OfInvocation(),
            new("messaging.system", "aws_sqs"),
            new("messaging.operation.type", "process"),
            new("messaging.message.id", message.MessageId),
            new("faas.invocation_id", context.AwsRequestId),
            new("faas.trigger", "pubsub"),
            new("jobs.received_again", isDone ? null : true));
        return isDone;
    }

    private async Task<bool> TryAsync(
        SQSEvent.SQSMessage message, ILambdaLogger logger, Handling handle, CancellationToken cancellation)
    {
        // Once for all that is decided by it: what may wait must not be settled halfway as what may not.
        var until = WaitsUntil(message);
        try
        {
            logger.LogLine(await HandleAsync(message, until is not null, handle, cancellation));
            return true;
        }
        catch (NotDeployedException e)
        {
            const string Why = "in case a deployment is under way";
            logger.LogLine($"Message {message.MessageId} is received again, until {until:u}, {Why}: {e.Message}");
            return false;
        }
        catch (Exception e)
        {
            // Whatever it was, the message is received again, and after its last time SQS moves it to the dead-letter
            // queue.
            logger.LogLine($"Message {message.MessageId} is received again: {e}");
            return false;
        }
    }

    private async Task<string> HandleAsync(
        SQSEvent.SQSMessage message, bool mayWait, Handling handle, CancellationToken cancellation)
    {
        try
        {
            return await handle(message, mayWait, cancellation);
        }
        catch (RejectedMessageException e) when (!(mayWait && e is NotDeployedException))
        {
            await deadLetters.SendAsync(
                message.Body, e.Message, Senders.Append(SendersOf(message), SenderOf(message)), cancellation);
            return $"Message {message.MessageId} went to the dead-letter queue: {e.Message}";
        }
    }

    /// <summary>
    /// Until when the message waits for what is not deployed; null when it waits no more, or does not say when it was
    /// sent.
    /// </summary>
    private DateTimeOffset? WaitsUntil(SQSEvent.SQSMessage message)
    {
        var until = SentAtOf(message) + DeploymentTime;
        return clock.GetUtcNow() < until ? until : null;
    }
}
