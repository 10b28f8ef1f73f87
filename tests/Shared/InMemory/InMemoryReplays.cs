using Jobs.Core.Replays;

namespace Jobs.Tests.InMemory;

/// <summary>Replays in memory.</summary>
public sealed class InMemoryReplays : IReplays
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Replay> _replays = new(StringComparer.Ordinal);

    public Task<bool> CreateAsync(Replay replay, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_replays.TryAdd(replay.Id, replay));
    }

    public Task<bool> SaveAsync(Replay replay, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_replays.GetValueOrDefault(replay.Id)?.Version != replay.Version - 1) return Task.FromResult(false);
            _replays[replay.Id] = replay;
            return Task.FromResult(true);
        }
    }

    public Task<Replay?> ReadAsync(string id, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_replays.GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<Replay>> ActiveAsync(CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Replay>>(
            [.. _replays.Values.Where(replay => !replay.IsOver)]);
    }
}
