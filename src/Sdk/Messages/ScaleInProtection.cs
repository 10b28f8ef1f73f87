using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Messages;

/// <summary>
/// Protects a service's task from scale-in while it has messages in hand: from the first on, renewed in time, and off
/// when there has been none for a moment. The moment is longer than the gap between two messages of a busy queue, and
/// shorter than that of one which has too many tasks: theirs must find an end. Failures are logged; an unprotected task
/// that is stopped gives its messages back.
/// </summary>
internal sealed class ScaleInProtection(ITaskProtection port, TimeProvider clock, ILogger logger)
{
    /// <summary>A task that hangs is protected no longer than this.</summary>
    internal static readonly TimeSpan Expires = TimeSpan.FromMinutes(10);

    internal static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _busy;
    private DateTimeOffset _idleSince;
    private bool _on;
    private DateTimeOffset _renewAt;
    private DateTimeOffset _retryAt;

    /// <summary>Notes how many messages are in hand. Cheap, and safe from any thread.</summary>
    public void Note(int inHand)
    {
        lock (_gate)
        {
            if (_busy == inHand > 0) return;
            _busy = inHand > 0;
            if (!_busy) _idleSince = clock.GetUtcNow();
            _changed.TrySetResult();
        }
    }

    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            var (change, due) = Next();
            var left = due - clock.GetUtcNow();
            if (left > TimeSpan.Zero) await WaitAsync(change, left, ended);
            else await SetAsync(ended);
        }
    }

    /// <summary>When there is something to do if nothing changes, and what tells of a change.</summary>
    private (Task Change, DateTimeOffset Due) Next()
    {
        lock (_gate)
        {
            if (_changed.Task.IsCompleted) _changed = NewSignal();
            var due = (_busy, _on) switch
            {
                (true, true) => _renewAt,
                (true, false) => DateTimeOffset.MinValue,
                (false, true) => _idleSince + Moment,
                (false, false) => DateTimeOffset.MaxValue,
            };
            return (_changed.Task, due > _retryAt ? due : _retryAt);
        }
    }

    private async Task WaitAsync(Task change, TimeSpan left, CancellationToken ended)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var delay = Task.Delay(left < TimeSpan.FromDays(1) ? left : Timeout.InfiniteTimeSpan, clock, wait.Token);
        await Task.WhenAny(change, delay);
        await wait.CancelAsync();
    }

    private async Task SetAsync(CancellationToken ended)
    {
        bool wanted;
        lock (_gate) wanted = _busy;
        try
        {
            await port.SetAsync(wanted, Expires, ended);
            lock (_gate) (_on, _renewAt, _retryAt) = (wanted, clock.GetUtcNow() + RenewAfter, DateTimeOffset.MinValue);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The task is to end: ECS does not ask it any more.
        }
#pragma warning disable CA1031 // Whatever the agent says, the messages are worked on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogWarning(
                e,
                "Scale-in protection could not be turned {State}; that is tried again in {Seconds:0} s.",
                wanted ? "on" : "off",
                RetryAfter.TotalSeconds);
            lock (_gate) _retryAt = clock.GetUtcNow() + RetryAfter;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
