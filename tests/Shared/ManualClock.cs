namespace Jobs.Tests;

/// <summary>A clock that moves only when told to, and fires the timers it passes in order of their due time.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    /// <summary>Starts at 2026-01-05 08:00 UTC, a Monday.</summary>
    public ManualClock()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait for a time: what a test waits for before it advances past it.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate) return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_gate)
        {
            timer.Change(dueTime, period);
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>
    /// Advances once something waits for a time on the way. Work in the background says what it has done a moment
    /// before it waits for its next time, and an advance in that moment would leave it behind for ever.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await TimerWithinAsync(by);
        Advance(by);
    }

    /// <summary>Waits until something waits for a time within this span.</summary>
    public Task TimerWithinAsync(TimeSpan span) => TimerAsync((due, now) => due <= now + span);

    /// <summary>The same for exactly this time, when other timers are about.</summary>
    public Task TimerAtAsync(DateTimeOffset at) => TimerAsync((due, _) => due == at);

    private async Task TimerAsync(Func<DateTimeOffset?, DateTimeOffset, bool> isIt)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!IsAny(isIt)) await Task.Delay(TimeSpan.FromMilliseconds(1), System, limit.Token);
    }

    private bool IsAny(Func<DateTimeOffset?, DateTimeOffset, bool> isIt)
    {
        lock (_gate) return _timers.Any(timer => isIt(timer.Due, _now));
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (NextDue(until) is { } timer) timer.Fire();
        lock (_gate) _now = until;
    }

    /// <summary>As when the machine sleeps: the time has passed before any timer fires.</summary>
    public void Sleep(TimeSpan by)
    {
        lock (_gate) _now += by;
        Advance(TimeSpan.Zero);
    }

    private ManualTimer? NextDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= until).MinBy(t => t.Due);
            if (next?.Due > _now) _now = next.Due.Value;
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>
        /// Read and written under the clock's gate: others change and dispose timers while the clock advances.
        /// </summary>
        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
            }

            return true;
        }

        public void Fire()
        {
            lock (clock._gate)
            {
                // Its owner may have disposed it meanwhile.
                if (Due is not { } due) return;
                Due = _period == Timeout.InfiniteTimeSpan ? null : due + _period;
            }

            callback();
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
