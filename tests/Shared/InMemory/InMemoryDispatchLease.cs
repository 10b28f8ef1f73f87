using Jobs.Core.Dispatch;

namespace Jobs.Tests.InMemory;

/// <summary>The dispatcher's lease in memory, with the conditions that the table's item has.</summary>
public sealed class InMemoryDispatchLease : IDispatchLease
{
    private readonly Lock _gate = new();
    private Pacing? _pacing;
    private DateTimeOffset _until;

    /// <summary>Who holds it; null when it is free. A holder whose time is over is still named.</summary>
    public string? Holder { get; private set; }

    public Task<DispatchLease?> TakeAsync(
        string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (Holder is not null && Holder != holder && _until > now) return Task.FromResult<DispatchLease?>(null);
            (Holder, _until) = (holder, until);
            return Task.FromResult<DispatchLease?>(new DispatchLease(_pacing));
        }
    }

    public Task<bool> KeepAsync(string holder, DateTimeOffset until, Pacing pacing, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (Holder != holder) return Task.FromResult(false);
            (_until, _pacing) = (until, pacing);
            return Task.FromResult(true);
        }
    }

    public Task ReleaseAsync(string holder, Pacing pacing, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (Holder == holder) (Holder, _pacing) = (null, pacing);
        }

        return Task.CompletedTask;
    }
}
