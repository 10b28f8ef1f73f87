namespace Jobs.Core.Dispatch;

/// <summary>
/// Holds the lease and lets launches pass at the launch rate. One for each time that a process dispatches.
/// </summary>
internal sealed class LaunchPacer(IDispatchLease lease, string holder, DispatchSettings settings, TimeProvider clock)
{
    /// <summary>Life of a lease that is not kept: how long a dead holder stands in the way.</summary>
    private static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(15);

    /// <summary>How often the lease is kept, and the longest wait without a look at it.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(5);

    /// <summary>How often a lease that another process holds is asked for again.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Pacing _pacing = Pacing.Full(settings, clock.GetUtcNow());
    private DateTimeOffset _keepAt;

    /// <summary>Takes the lease. False when another process holds it.</summary>
    /// <param name="until">How long to wait for it; a time that is past for not at all.</param>
    public async Task<bool> StartAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            if (await lease.TakeAsync(holder, now, now + LeaseLife, cancellation) is { } taken)
            {
                (_pacing, _keepAt) = (taken.Pacing ?? _pacing, now + KeepEvery);
                return true;
            }

            if (now + AskEvery >= until) return false;
            await Task.Delay(AskEvery, clock, cancellation);
        }
    }

    /// <summary>Waits for the next launch's turn. False when the lease was lost or the time is up.</summary>
    public async Task<bool> NextAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        while (clock.GetUtcNow() is var now && now < until && await KeepAsync(now, cancellation))
        {
            if (TryTake(now) is not { } wait) return true;
            await WaitAsync(now + wait, cancellation);
        }

        return false;
    }

    /// <summary>Waits, no longer than the lease allows.</summary>
    public Task WaitAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        // Timers count whole milliseconds and leave the rest out: rounded up, or the last wait would be none, again and
        // again.
        var milliseconds = Math.Ceiling((until - clock.GetUtcNow()).TotalMilliseconds);
        return Task.Delay(
            TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 1, KeepEvery.TotalMilliseconds)), clock, cancellation);
    }

    /// <summary>A launch had its turn and did not use it.</summary>
    public void GiveBack()
    {
        lock (_gate) _pacing = _pacing with { Tokens = Math.Min(settings.LaunchBurst, _pacing.Tokens + 1) };
    }

    /// <summary>ECS refused a launch for its rate: less is left than was thought.</summary>
    public void Empty()
    {
        lock (_gate) _pacing = new Pacing(0, clock.GetUtcNow());
    }

    public Task EndAsync(CancellationToken cancellation) => lease.ReleaseAsync(holder, Now(), cancellation);

    private async Task<bool> KeepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (now < _keepAt) return true;
        _keepAt = now + KeepEvery;
        return await lease.KeepAsync(holder, now + LeaseLife, Now(), cancellation);
    }

    private Pacing Now()
    {
        lock (_gate) return _pacing = _pacing.Refilled(settings, clock.GetUtcNow());
    }

    /// <returns>How long to wait when no token is free yet; null when a token was taken.</returns>
    private TimeSpan? TryTake(DateTimeOffset now)
    {
        lock (_gate)
        {
            _pacing = _pacing.Refilled(settings, now);
            var wait = _pacing.UntilNext(settings);
            if (wait > TimeSpan.Zero) return wait;
            _pacing = _pacing with { Tokens = _pacing.Tokens - 1 };
            return null;
        }
    }
}
