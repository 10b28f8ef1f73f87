using System.Collections.Concurrent;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Messages;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Messages;

/// <summary>
/// Works on a queue: receives no more messages than it has free handlers, so that none waits hidden in a buffer; runs a
/// handler for each; and does what the end of a message asks for (<see cref="Settler"/>). Ends when there has been
/// nothing to do for long enough, when its lifetime is nearly over, or when told to stop, which gives back what is in
/// hand.
/// </summary>
/// <param name="handle">Handles a message, or skips it.</param>
/// <param name="onChange">
/// Told after each change how many messages are in hand, and what has become of the others.
/// </param>
internal sealed class MessageLoop(
    IMessageQueue queue,
    LoopSettings settings,
    Func<HeldMessage, Task<MessageEnd>> handle,
    Settler settler,
    Action<int, Tally> onChange,
    TimeProvider clock,
    ILogger logger) : IDisposable
{
    /// <summary>The longest that SQS waits for a message.</summary>
    internal static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    /// <summary>A receive that is under way when the loop is told to stop may have messages in its answer.</summary>
    internal static readonly TimeSpan LastReceive = TimeSpan.FromMilliseconds(500);

    /// <summary>For giving back what handlers did not let go in time.</summary>
    internal static readonly TimeSpan LastReturns = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Failed receives in a row, with growing waits two and a half minutes, until the queue counts as out of reach.
    /// </summary>
    internal const int MaxFailures = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (HeldMessage Message, Task Work)> _inHand = new();
    private readonly SemaphoreSlim _free = new(settings.Parallelism);
    private readonly Tally _tally = new();
    private long _busyAt;
    private DateTimeOffset? _closesAt;
    private int _failures;
    private int _handlerFailures;

    /// <summary>Times that a handler failed in a way that another try may mend.</summary>
    public int HandlerFailures => _handlerFailures;

    /// <summary>The last of them; null while there was none.</summary>
    public Exception? LastFailure { get; private set; }

    /// <exception cref="OperationCanceledException">It was told to stop. What was in hand is settled or given
    /// back.</exception>
    /// <exception cref="HostFailedException">The queue was out of reach.</exception>
    public async Task<DrainSummary> RunAsync(CancellationToken stop)
    {
        var began = _busyAt = clock.GetTimestamp();
        using var over = new CancellationTokenSource(
            settings.Lifetime - settings.Last / 10 ?? Timeout.InfiniteTimeSpan, clock);
        using var stopHandlers = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var begin = stopHandlers.Token.Register(() => grace.CancelAfter(settings.Grace));
        using var ended = new CancellationTokenSource();
        var keeper = new VisibilityKeeper(
            queue, settings.Visibility, () => [.. _inHand.Values.Select(one => one.Message)], clock, logger)
            .RunAsync(ended.Token);
        try
        {
            await ReceiveAsync(stop, stopHandlers.Token);
        }
        finally
        {
            await LetGoAsync(grace.Token);
            await ended.CancelAsync();
            await keeper;
        }

        logger.LogInformation("The queue's messages: {Tally}.", _tally);
        stop.ThrowIfCancellationRequested();
        return _tally.ToSummary(clock.GetElapsedTime(began));
    }

    public void Dispose() => _free.Dispose();

    private bool HasBeenIdle =>
        settings.Idle is { } idle && _inHand.IsEmpty && clock.GetElapsedTime(Interlocked.Read(ref _busyAt)) >= idle;

    private async Task ReceiveAsync(CancellationToken stop, CancellationToken stopHandlers)
    {
        _closesAt = clock.GetUtcNow() + (settings.Lifetime - settings.Last);
        using var closing = new CancellationTokenSource(
            settings.Lifetime - settings.Last ?? Timeout.InfiniteTimeSpan, clock);
        using var stopReceiving = CancellationTokenSource.CreateLinkedTokenSource(stop, closing.Token);
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var hurry = stop.Register(() => patience.CancelAfter(LastReceive));
        while (await TakeHandsAsync(stopReceiving.Token) is > 0 and var hands)
        {
            var messages = await TryReceiveAsync(hands, stop, patience.Token);
            foreach (var message in messages ?? []) hands -= Begin(message, stopHandlers) ? 1 : 0;
            if (hands > 0) _free.Release(hands);
            if (messages?.Count == 0 && HasBeenIdle) return;
        }
    }

    /// <summary>
    /// Waits for a free hand and takes as many as one receive can fill. Zero when it is time to stop.
    /// </summary>
    private async Task<int> TakeHandsAsync(CancellationToken stop)
    {
        try
        {
            await _free.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        var hands = 1;
        while (hands < IMessageQueue.MaxBatch && _free.Wait(0, CancellationToken.None)) hands++;
        if (!stop.IsCancellationRequested) return hands;
        _free.Release(hands);
        return 0;
    }

    /// <summary>
    /// Null when the receive failed, or its answer is no longer waited for: what is unknown is not empty.
    /// </summary>
    private async Task<IReadOnlyList<QueueMessage>?> TryReceiveAsync(
        int max, CancellationToken stop, CancellationToken patience)
    {
        try
        {
            var messages = await queue.ReceiveAsync(max, WaitOfReceive(), settings.Visibility, patience);
            _failures = 0;
            return messages;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            if (++_failures == MaxFailures) throw OutOfReach(e);
            logger.LogWarning(
                e, "The queue could not be read, time {Failures} of {MaxFailures}.", _failures, MaxFailures);
            var pause = Shorter(TimeSpan.FromSeconds(1 << (_failures - 1)), LongestPause);
            await Task.WhenAny(Task.Delay(pause, clock, stop));
            return null;
        }
    }

    /// <summary>
    /// Neither an outage nor a denial, which a deployment a moment ago may have caused, is the job's fault.
    /// </summary>
    private static HostFailedException OutOfReach(Exception e)
    {
        var passes = AwsFailures.IsOutage(e) || AwsFailures.IsDenial(e);
        return new($"The job's queue could not be read {MaxFailures} times in a row: {e.Message}", e)
        {
            ExitCode = passes ? WorkerExitCodes.AwsUnavailable : WorkerExitCodes.HostFailed,
        };
    }

    /// <summary>
    /// In whole seconds, as SQS takes it, and not much beyond the time at which the loop ends for want of messages, or
    /// closes.
    /// </summary>
    private TimeSpan WaitOfReceive()
    {
        var left = LongPoll;
        if (settings.Idle is { } idle)
        {
            left = Shorter(left, _inHand.IsEmpty ? idle - clock.GetElapsedTime(Interlocked.Read(ref _busyAt)) : idle);
        }

        if (_closesAt is { } closes) left = Shorter(left, closes - clock.GetUtcNow());
        return TimeSpan.FromSeconds(Math.Max(Math.Ceiling(left.TotalSeconds), 1));
    }

    /// <summary>False when the message is in hand already: it came again, and goes on under its new receipt.</summary>
    private bool Begin(QueueMessage message, CancellationToken stopHandlers)
    {
        var now = clock.GetUtcNow();
        if (_inHand.TryGetValue(message.Id, out var known))
        {
            known.Message.Renew(message.Receipt, now, settings.Visibility);
            return false;
        }

        var held = new HeldMessage(message, now, settings.Visibility, stopHandlers);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inHand[message.Id] = (held, WorkAsync(held, entered.Task));
        onChange(_inHand.Count, _tally);
        entered.SetResult();
        return true;
    }

    private async Task WorkAsync(HeldMessage held, Task entered)
    {
        await entered;
        var end = await HandleAsync(held);
        if (end.Kind == MessageEndKind.Failed) NoteFailure(end.Error);
        if (held.TrySettle()) _tally.Add(await settler.SettleAsync(held, end));
        _inHand.TryRemove(held.Message.Id, out _);
        Interlocked.Exchange(ref _busyAt, clock.GetTimestamp());
        held.Dispose();
        _free.Release();
        onChange(_inHand.Count, _tally);
    }

    private async Task<MessageEnd> HandleAsync(HeldMessage held)
    {
        // It came when the loop was told to stop already.
        if (held.Stop.IsCancellationRequested) return new(MessageEndKind.Stopped);
        try
        {
            return await Task.Run(() => handle(held), CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever the handler throws is how the message ended.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return MessageEnd.Of(e, held);
        }
    }

    private void NoteFailure(Exception? error)
    {
        Interlocked.Increment(ref _handlerFailures);
        LastFailure = error;
    }

    /// <summary>
    /// Waits for what is in hand until the grace time is over, and then gives back what handlers still have.
    /// </summary>
    private async Task LetGoAsync(CancellationToken grace)
    {
        var all = Task.WhenAll(_inHand.Values.Select(one => one.Work));
        await WaitAsync(all, Timeout.InfiniteTimeSpan, grace);
        var left = _inHand.Values.Where(one => one.Message.TrySettle()).Select(one => one.Message).ToList();
        if (left.Count == 0) return;
        logger.LogWarning(
            "{Count} messages are given back although their handlers did not end within {Seconds:0.0} s of being " +
            "told to stop. Pass 'stop' to every call that takes a CancellationToken.",
            left.Count, settings.Grace.TotalSeconds);
        var returns = Task.WhenAll(
            left.Select(async message => _tally.Add(await settler.SettleAsync(message, new(MessageEndKind.Stopped)))));
        await WaitAsync(returns, LastReturns, CancellationToken.None);
    }

    /// <summary>Waits for the work, the time, or the token, whichever comes first.</summary>
    private async Task WaitAsync(Task work, TimeSpan time, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(work, Task.Delay(time, clock, enough.Token));
        await enough.CancelAsync();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
