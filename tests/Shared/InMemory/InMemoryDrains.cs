using Jobs.Core.Backlog;

namespace Jobs.Tests.InMemory;

/// <summary>The queues' items in memory, with the conditions that the table has.</summary>
public sealed class InMemoryDrains : IDrains
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DrainState> _states = [];

    public Task<DrainState> ReadAsync(string job, CancellationToken cancellation) =>
        Call(() => _states.GetValueOrDefault(job) ?? new DrainState(job), cancellation);

    public Task<bool> SaveAsync(DrainState state, CancellationToken cancellation) => Call(() =>
    {
        if ((_states.GetValueOrDefault(state.Job)?.Version ?? 0) != state.Version - 1) return false;
        _states[state.Job] = state;
        return true;
    }, cancellation);

    private Task<T> Call<T>(Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult(operation());
    }
}
