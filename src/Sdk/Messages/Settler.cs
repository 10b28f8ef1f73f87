using Jobs.Core.Messages;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Messages;

/// <summary>
/// Does what a message's end asks for: deletes it, gives it back, or puts it with the dead letters. In this order
/// nothing is lost: a message is deleted only when it was handled or when the dead letters have it. A crash between
/// these two makes a second dead letter, under the same message id.
/// </summary>
/// <param name="letters">The attributes of a dead letter.</param>
internal sealed class Settler(
    IMessageQueue queue, LoopSettings settings,
    Func<QueueMessage, Exception, IReadOnlyDictionary<string, QueueAttribute>> letters, TimeProvider clock,
    ILogger logger)
{
    /// <summary>
    /// A failed message waits so long before its second receive, and twice as long before each further one.
    /// </summary>
    internal static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);

    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>1, 2 and 4 seconds after each other, on top of the SDK's own retries.</summary>
    internal const int Tries = 4;

    private readonly CallBatch<HeldMessage> _deletions = new(
        messages => queue.DeleteAsync([.. messages.Select(one => one.Held.Receipt)], CancellationToken.None));
    private readonly CallBatch<(HeldMessage Message, TimeSpan Visibility)> _returns =
        new(
            some =>
                queue.ChangeVisibilityAsync(
                    [.. some.Select(one => new VisibilityChange(one.Message.Held.Receipt, one.Visibility))],
                    CancellationToken.None));

    /// <returns>What became of the message. Never throws: what cannot be settled comes back when its visibility is
    /// over.</returns>
    public Task<MessageFate> SettleAsync(HeldMessage message, MessageEnd end) => end.Kind switch
    {
        MessageEndKind.Handled when message.Reason != StopReason.Superseded =>
            DeleteAsync(message, MessageFate.Handled),
        MessageEndKind.Skipped when message.Reason != StopReason.Superseded =>
            DeleteAsync(message, MessageFate.Skipped),
        MessageEndKind.Handled or MessageEndKind.Skipped or MessageEndKind.Lost => Task.FromResult(MessageFate.Lost),
        MessageEndKind.Stopped => ReturnAsync(message, TimeSpan.Zero),
        MessageEndKind.Hopeless => BuryAsync(message, end.Error!),
        _ when message.Message.Receives >= settings.MaxReceives => BuryAsync(message, end.Error!),
        _ => ReturnAfterFailureAsync(message, end.Error!),
    };

    /// <summary>
    /// How long a message that failed stays hidden: a dependency that is down would otherwise see it fail its last time
    /// within seconds.
    /// </summary>
    internal static TimeSpan WaitAfter(int receives)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(receives - 1, 16));
        return wait < LongestWait ? wait : LongestWait;
    }

    private async Task<MessageFate> DeleteAsync(HeldMessage message, MessageFate fate)
    {
        if (await PatientlyAsync(() => _deletions.AddAsync(message), "deleted", message) != ReceiptOutcome.Done)
        {
            logger.LogError(
                "Message {Message} was handled but could not be deleted, so it may come again.", message.Message.Id);
        }

        return fate;
    }

    private async Task<MessageFate> ReturnAsync(HeldMessage message, TimeSpan visibility)
    {
        var outcome = await PatientlyAsync(() => _returns.AddAsync((message, visibility)), "given back", message);
        if (outcome == ReceiptOutcome.Unknown)
        {
            logger.LogError(
                "Message {Message} could not be given back; it comes again when its visibility is over.",
                message.Message.Id);
        }

        return outcome == ReceiptOutcome.Lost ? MessageFate.Lost : MessageFate.Returned;
    }

    private Task<MessageFate> ReturnAfterFailureAsync(HeldMessage message, Exception error)
    {
        var wait = WaitAfter(message.Message.Receives);
        logger.LogWarning(
            error, "Message {Message} failed in receive {Receives} of {MaxReceives}; it comes again in {Seconds:0} s.",
            message.Message.Id, message.Message.Receives, settings.MaxReceives, wait.TotalSeconds);
        return ReturnAsync(message, wait);
    }

    private async Task<MessageFate> BuryAsync(HeldMessage message, Exception error)
    {
        try
        {
            await queue.SendToDeadLettersAsync(
                message.Message.Body, letters(message.Message, error), CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever went wrong, the message must stay in its queue.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(
                e,
                "Message {Message} could not be put with the dead letters, so it goes back into its queue.",
                message.Message.Id);
            return await ReturnAfterFailureAsync(message, error);
        }

        logger.LogError(
            error,
            "Message {Message} went to the dead letters after receive {Receives}.",
            message.Message.Id,
            message.Message.Receives);
        if (await PatientlyAsync(() => _deletions.AddAsync(message), "deleted", message) != ReceiptOutcome.Done)
        {
            logger.LogError(
                "Message {Message} is a dead letter but could not be deleted from its queue, so there may be a " +
                "second one of it.",
                message.Message.Id);
        }

        return MessageFate.DeadLettered;
    }

    private async Task<ReceiptOutcome> PatientlyAsync(Func<Task<ReceiptOutcome>> call, string what, HeldMessage message)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await call() is var outcome && (outcome != ReceiptOutcome.Unknown || tries == Tries))
                {
                    return outcome;
                }
            }
#pragma warning disable CA1031 // The caller says what follows from it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogWarning(
                    e,
                    "Message {Message} could not be {What}, try {Try} of {Tries}.",
                    message.Message.Id,
                    what,
                    tries,
                    Tries);
                if (tries == Tries) return ReceiptOutcome.Unknown;
            }

            await Task.Delay(TimeSpan.FromSeconds(1 << (tries - 1)), clock);
        }
    }
}
