namespace Jobs.Page.Ground;

/// <summary>
/// What was read last. Several requests share one reading, and one that is slow keeps no request that has an earlier
/// one. Nothing is read while there are no requests.
/// </summary>
/// <param name="life">How long it counts as new.</param>
internal sealed class Kept<T>(Func<CancellationToken, Task<T>> read, TimeSpan life, TimeProvider clock)
    where T : class
{
    /// <summary>How long a request waits for something newer than what there is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    private readonly Lock _gate = new();
    private T? _value;
    private long? _readAt;
    private Task<T>? _reading;

    /// <summary>What there is, as new as it can be had at once; the first time it is waited for.</summary>
    /// <exception cref="Exception">It cannot be read.</exception>
    public async Task<T> GetAsync(CancellationToken cancellation) =>
        await TryGetAsync(cancellation) ?? await Begin().WaitAsync(cancellation);

    /// <summary>The same, but null while nothing was ever read.</summary>
    public async Task<T?> TryGetAsync(CancellationToken cancellation)
    {
        if (Newest() is { } value) return value;
        var reading = Begin();
        await Task.WhenAny(reading, Task.Delay(Patience, clock, cancellation));
        return reading.IsCompleted ? await reading : _value;
    }

    /// <summary>What was read before is old: something was changed.</summary>
    public void Expire()
    {
        lock (_gate) _readAt = null;
    }

    private T? Newest()
    {
        lock (_gate) return _readAt is { } at && clock.GetElapsedTime(at) < life ? _value : null;
    }

    private Task<T> Begin()
    {
        lock (_gate)
        {
            if (_reading is not { IsCompleted: false }) _reading = ReadAsync();
            return _reading;
        }
    }

    private async Task<T> ReadAsync()
    {
        var value = await Task.Run(() => read(CancellationToken.None));
        lock (_gate) (_value, _readAt) = (value, clock.GetTimestamp());
        return value;
    }
}
