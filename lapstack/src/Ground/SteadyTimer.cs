namespace Lapstack.Ground;

/// <summary>A timer of a <see cref="SteadyClock"/>: a long wait has stations, at which it looks at the clock.</summary>
internal sealed class SteadyTimer : ITimer
{
    private readonly TimeProvider _clock;
    private readonly Action _callback;
    private readonly ITimer _system;
    private readonly Lock _gate = new();

    /// <summary>Null while it is not armed.</summary>
    private DateTimeOffset? _due;
    private TimeSpan _period;
    private bool _lastStation;

    public SteadyTimer(SteadyClock clock, TimeProvider system, Action callback)
    {
        (_clock, _callback) = (clock, callback);
        _system = system.CreateTimer(
            _ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) return ArmLocked(dueTime);
            _due = null;
            return _system.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _system.Dispose();

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    private bool ArmLocked(TimeSpan wait)
    {
        _due = _clock.GetUtcNow() + wait;
        return AwaitLocked(wait);
    }

    private bool AwaitLocked(TimeSpan wait)
    {
        _lastStation = wait <= SteadyClock.Station;
        return _system.Change(_lastStation ? wait : SteadyClock.Station, Timeout.InfiniteTimeSpan);
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_due is not { } due) return;
            // The system's timer may be a moment early: the last station is not looked at again.
            if (!_lastStation && due - _clock.GetUtcNow() is { Ticks: > 0 } left)
            {
                AwaitLocked(left);
                return;
            }

            if (_period > TimeSpan.Zero) ArmLocked(_period);
            else _due = null;
        }

        _callback();
    }
}
