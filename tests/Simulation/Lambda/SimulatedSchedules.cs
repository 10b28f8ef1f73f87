using Jobs.Core.Ids;
using Jobs.Core.Scheduling;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The schedules' items as one process reaches them; their conditions are those of Core's own model.</summary>
internal sealed class SimulatedSchedules(Process process) : ISchedules
{
    private readonly SimulatedWorld _world = process.World;

    public Task<ScheduleState> ReadAsync(ScheduleKey key, CancellationToken cancellation) =>
        CallAsync("ReadSchedule", items => items.ReadAsync(key, CancellationToken.None).Result, cancellation);

    public Task<IReadOnlyList<ScheduleState>> AllAsync(CancellationToken cancellation) =>
        CallAsync("AllSchedules", items => items.AllAsync(CancellationToken.None).Result, cancellation);

    public Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation) =>
        CallAsync("SaveSchedule", items =>
    {
        _world.Partitions.Write(Partition.Schedules, ItemSizes.Of(state));
        var isSaved = items.SaveAsync(state, CancellationToken.None).Result;
        if (isSaved) _world.Plans.Decided(state);
        return isSaved;
    }, cancellation);

    public Task ForgetAsync(ScheduleState state, CancellationToken cancellation) =>
        CallAsync("ForgetSchedule", items => items.ForgetAsync(state, CancellationToken.None).IsCompleted,
            cancellation);

    public Task<ScheduleWatchMark?> ReadMarkAsync(CancellationToken cancellation) =>
        throw new NotSupportedException("AWS does not sleep.");

    public Task WriteMarkAsync(ScheduleWatchMark mark, CancellationToken cancellation) =>
        throw new NotSupportedException("AWS does not sleep.");

    private Task<T> CallAsync<T>(string call, Func<ISchedules, T> operation, CancellationToken cancellation) =>
        process.CallAsync(call, () => operation(_world.ScheduleItems), cancellation);
}
