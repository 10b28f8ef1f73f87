namespace Jobs.Sdk.Contexts;

/// <summary>Tells a job to stop, once, and remembers why and since when.</summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>What is kept of the notice for recording how the attempt ended; of a short notice, a quarter.</summary>
    internal static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _over;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _notice;
    private DateTimeOffset _end;
    private bool _noticed;
    private bool _timeWasUp;
    private StopReason _reason = StopReason.None;

    /// <param name="began">When the attempt's life began.</param>
    /// <param name="timeout">Longest life of the attempt.</param>
    /// <param name="notice">Time between SIGTERM and SIGKILL.</param>
    public StopSignal(TimeProvider clock, DateTimeOffset began, TimeSpan timeout, TimeSpan notice)
    {
        (_clock, _notice, _end) = (clock, notice, began + timeout);
        _over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        (Token, Over) = (_stop.Token, _over.Token);
    }

    /// <summary>Tells the job. May be asked for even by one that was left behind and outlives this object.</summary>
    public CancellationToken Token { get; }

    /// <summary>
    /// Fires when the job's part of the notice is over: what is left until SIGKILL belongs to the host.
    /// </summary>
    public CancellationToken Over { get; }

    public StopReason Reason
    {
        get
        {
            lock (_gate) return _reason;
        }
    }

    /// <summary>Until the timeout; once stopped, until SIGKILL. Never negative.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            lock (_gate)
            {
                var left = _end - _clock.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>SIGTERM arrived: the time that is left counts from here, although the job is not told yet.</summary>
    public void Notice()
    {
        lock (_gate)
        {
            if (_noticed) return;
            var now = _clock.GetUtcNow();
            (_noticed, _timeWasUp, _end) = (true, now >= _end, now + _notice);
        }

        _over.CancelAfter(_notice - (_notice / 4 < LastWrites ? _notice / 4 : LastWrites));
    }

    /// <param name="why">
    /// Null when the cause is unknown: after the timeout it is the timeout's, else an interruption.
    /// </param>
    public void Terminate(StopReason? why)
    {
        Notice();
        Stop(why ?? (_timeWasUp ? StopReason.TimedOut : StopReason.Interrupted));
    }

    public void Supersede()
    {
        Notice();
        Stop(StopReason.Superseded);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _over.Dispose();
    }

    private void Stop(StopReason reason)
    {
        lock (_gate)
        {
            if (_reason != StopReason.None) return;
            _reason = reason;
        }

        // On the pool: what a job registered may throw or block, and the host has its part to do.
        _ = _stop.CancelAsync();
    }
}
