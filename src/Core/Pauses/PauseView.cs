namespace Jobs.Core.Pauses;

/// <summary>
/// The pauses as a process knows them, at most <see cref="Age"/> old: what it starts costs no call of its own. A read
/// that fails leaves them unknown, and unknown is never "not paused": what is asked for then waits.
/// </summary>
public sealed class PauseView(IPauses pauses, TimeProvider clock)
{
    /// <summary>How long a process does without a new read.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Task<PauseList>? _read;
    private DateTimeOffset _readAt;

    /// <summary>The pauses; who asks while they are being read gets that read's.</summary>
    public Task<PauseList> ReadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var isGood = _read is { IsFaulted: false, IsCanceled: false } && now < _readAt + Age;
            if (!isGood) (_read, _readAt) = (pauses.ReadAsync(cancellation), now);
            return _read!.WaitAsync(cancellation);
        }
    }

    /// <summary>The pauses as they are now, for who goes on to work by them.</summary>
    public Task<PauseList> RefreshAsync(CancellationToken cancellation)
    {
        Forget();
        return ReadAsync(cancellation);
    }

    /// <summary>The next that asks reads them: they have changed.</summary>
    public void Forget()
    {
        lock (_gate) _read = null;
    }

    /// <summary>The pauses; null when they cannot be known.</summary>
    public async Task<PauseList?> TryReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whether the job is known not to be paused.</summary>
    public async Task<bool> MayStartAsync(string job, CancellationToken cancellation) =>
        await TryReadAsync(cancellation) is { } known && known.Of(job, clock.GetUtcNow()) is null;
}
