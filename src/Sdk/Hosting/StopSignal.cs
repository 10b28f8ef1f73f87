namespace Jobs.Hosting;

/// <summary>Tells a job to stop, once, and remembers why and since when.</summary>
/// <param name="timeout">Longest life of the attempt, counted from this object's creation.</param>
/// <param name="notice">Time between SIGTERM and SIGKILL.</param>
internal sealed class StopSignal(TimeProvider clock, TimeSpan timeout, TimeSpan notice) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private DateTimeOffset _end = clock.GetUtcNow() + timeout;
    private StopReason _reason = StopReason.None;

    public CancellationToken Token => _stop.Token;

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
                var left = _end - clock.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>SIGTERM arrived. ECS does not say why; after the timeout it is the timeout's.</summary>
    public void Terminate() => Stop(TimeLeft == TimeSpan.Zero ? StopReason.TimedOut : StopReason.Interrupted);

    public void Supersede() => Stop(StopReason.Superseded);

    public void Dispose() => _stop.Dispose();

    private void Stop(StopReason reason)
    {
        lock (_gate)
        {
            if (_reason != StopReason.None) return;
            _reason = reason;
            _end = clock.GetUtcNow() + notice;
        }

        _stop.Cancel();
    }
}
