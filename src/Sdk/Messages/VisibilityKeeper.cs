using Jobs.Core.Messages;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Messages;

/// <summary>
/// Keeps the messages in hand hidden. It looks every quarter of the visibility, at least each minute, and extends what
/// has been hidden for a quarter: so the second half of the visibility is left to repeat an extension that failed. A
/// message that is no longer ours, or that SQS will hide no longer, has its handler told to stop.
/// </summary>
internal sealed class VisibilityKeeper(
    IMessageQueue queue,
    TimeSpan visibility,
    Func<IReadOnlyCollection<HeldMessage>> inHand,
    TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _period = visibility / 4 < LongestPeriod ? visibility / 4 : LongestPeriod;

    public async Task RunAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_period, clock, ended);
                await LookAsync(ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The loop has ended.
        }
    }

    private async Task LookAsync(CancellationToken ended)
    {
        var now = clock.GetUtcNow();
        var due = new List<(HeldMessage Message, HeldMessage.Hold Hold)>();
        foreach (var message in inHand().Where(message => message.Reason == StopReason.None))
        {
            var hold = message.Held;
            if (hold.Limit - now <= 2 * _period) EndTime(message);
            else if (now - hold.Since >= visibility / 4 && hold.Until < hold.Limit) due.Add((message, hold));
        }

        await Task.WhenAll(due.Chunk(IMessageQueue.MaxBatch).Select(chunk => ExtendAsync(chunk, now, ended)));
    }

    private async Task ExtendAsync(
        (HeldMessage Message, HeldMessage.Hold Hold)[] due, DateTimeOffset now, CancellationToken ended)
    {
        try
        {
            var outcomes = await queue.ChangeVisibilityAsync(
                [.. due.Select(one => new VisibilityChange(one.Hold.Receipt, Until(one.Hold, now) - now))], ended);
            foreach (var ((message, hold), outcome) in due.Zip(outcomes))
            {
                if (outcome == ReceiptOutcome.Done) message.Extend(hold, now, Until(hold, now));
                else if (outcome == ReceiptOutcome.Lost) Lose(message, hold);
            }
        }
#pragma warning disable CA1031 // Whatever the network does, the handlers go on: the next look tries again.
        catch (Exception e) when (!ended.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.LogWarning(
                e,
                "The visibility of {Count} messages could not be extended; that is tried again in {Seconds:0} s.",
                due.Length,
                _period.TotalSeconds);
        }
    }

    private DateTimeOffset Until(HeldMessage.Hold hold, DateTimeOffset now) =>
        now + visibility < hold.Limit ? now + visibility : hold.Limit;

    private void Lose(HeldMessage message, HeldMessage.Hold hold)
    {
        // Its handler may be done with it by now, or it has come to us again.
        if (!inHand().Contains(message) || message.Held.Receipt != hold.Receipt) return;
        logger.LogWarning(
            "Message {Message} is no longer this task's: its visibility ended before it was extended. Its handler is " +
            "told to stop, and it is not deleted.",
            message.Message.Id);
        message.StopHandler(StopReason.Superseded);
    }

    private void EndTime(HeldMessage message)
    {
        logger.LogWarning(
            "Message {Message} has been in hand for as long as SQS hides one, 12 hours. Its handler is told to stop.",
            message.Message.Id);
        message.StopHandler(StopReason.TimedOut);
    }
}
