namespace Lapstack.Ground;

/// <summary>
/// The time of a machine whose clock may be set and which may sleep. It never goes back: set back by more than a
/// moment, the clock is no longer followed until it has caught up, and time goes on from where it was, as AWS's does.
/// Timers are due by this time, so what fell due while the machine slept comes when it wakes: the system's own timers
/// stand still meanwhile.
/// </summary>
/// <param name="system">The machine's.</param>
public sealed class SteadyClock(TimeProvider system) : TimeProvider
{
    /// <summary>After this a timer looks at the clock again.</summary>
    internal static readonly TimeSpan Station = TimeSpan.FromSeconds(15);

    /// <summary>A clock that is put right by so little is waited for.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _last = system.GetUtcNow();
    private long _lastStamp = system.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var (wall, stamp) = (system.GetUtcNow(), system.GetTimestamp());
            var steady = wall > _last - Moment ? _last : _last + system.GetElapsedTime(_lastStamp, stamp);
            (_last, _lastStamp) = (wall > steady ? wall : steady, stamp);
            return _last;
        }
    }

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteadyTimer(this, system, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
