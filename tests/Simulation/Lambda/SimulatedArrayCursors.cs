using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>How far arrays are, as one process reaches it; the conditions are those of Core's own model.</summary>
internal sealed class SimulatedArrayCursors(Process process) : IArrayCursors
{
    private readonly SimulatedWorld _world = process.World;

    public Task<ArrayCursor?> ReadAsync(RunId array, bool isExact, CancellationToken cancellation) =>
        process.CallAsync("ReadCursor", () => _world.ArrayCursors.ReadAsync(array, isExact, default).Result,
            cancellation);

    public Task<int?> ClaimAsync(RunId array, ArrayClaim claim, int count, CancellationToken cancellation) =>
        WriteAsync("ClaimChildren", array, cursors => cursors.ClaimAsync(array, claim, count, default).Result,
            cancellation);

    public Task<int?> ClaimRestAsync(RunId array, int count, CancellationToken cancellation) =>
        WriteAsync("ClaimRest", array, cursors => cursors.ClaimRestAsync(array, count, default).Result, cancellation);

    public Task<bool> ReplaceAsync(RunId array, ArrayCursor before, ArrayCursor after,
        CancellationToken cancellation) =>
        WriteAsync("ReplaceCursor", array, cursors => cursors.ReplaceAsync(array, before, after, default).Result,
            cancellation);

    public Task<long?> OffsetAsync(RunId array, int index, CancellationToken cancellation) =>
        process.CallAsync("ReadOffset", () => _world.ArrayCursors.OffsetAsync(array, index, default).Result,
            cancellation);

    public Task NoteOffsetAsync(RunId array, int index, long offset, CancellationToken cancellation) =>
        WriteAsync("NoteOffset", array, cursors => cursors.NoteOffsetAsync(array, index, offset, default).IsCompleted,
            cancellation);

    private Task<T> WriteAsync<T>(string call, RunId array, Func<IArrayCursors, T> operation,
        CancellationToken cancellation) =>
        process.CallAsync(call, () =>
        {
            _world.Partitions.Write(Partition.Run(array), ItemSizes.Counter);
            return operation(_world.ArrayCursors);
        }, cancellation);
}
