using Jobs.Core.Ids;
using Jobs.Core.Scheduling;

namespace Jobs.Tests.InMemory;

/// <summary>The schedules' items in memory, with the conditions that the table has.</summary>
public sealed class InMemorySchedules : ISchedules
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ScheduleKey, ScheduleState> _states = [];
    private ScheduleWatchMark? _mark;

    public Task<ScheduleState> ReadAsync(ScheduleKey key, CancellationToken cancellation) =>
        Call(() => _states.GetValueOrDefault(key) ?? new ScheduleState(key), cancellation);

    public Task<IReadOnlyList<ScheduleState>> AllAsync(CancellationToken cancellation) =>
        Call<IReadOnlyList<ScheduleState>>(
            () => [.. _states.Values.OrderBy(state => state.Key.ToString(), StringComparer.Ordinal)], cancellation);

    public Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation) => Call(() =>
    {
        if ((_states.GetValueOrDefault(state.Key)?.Version ?? 0) != state.Version - 1) return false;
        _states[state.Key] = state;
        return true;
    }, cancellation);

    public Task ForgetAsync(ScheduleState state, CancellationToken cancellation) =>
        Call(
            () => _states.GetValueOrDefault(state.Key)?.Version == state.Version && _states.Remove(state.Key),
            cancellation);

    public Task<ScheduleWatchMark?> ReadMarkAsync(CancellationToken cancellation) => Call(() => _mark, cancellation);

    public Task WriteMarkAsync(ScheduleWatchMark mark, CancellationToken cancellation) =>
        Call(() => _mark = mark, cancellation);

    private Task<T> Call<T>(Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult(operation());
    }
}
