using System.Collections.Concurrent;
using Jobs.Core.Children;
using Jobs.Core.Ids;

namespace Jobs.Tests.InMemory;

/// <summary>Arrays' cursors in memory.</summary>
public sealed class InMemoryArrayCursors : IArrayCursors
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, ArrayCursor> _cursors = [];
    private readonly HashSet<(RunId Array, ArrayClaim Claim)> _claims = [];
    private readonly ConcurrentDictionary<(RunId Array, int Index), long> _offsets = [];

    public Task<ArrayCursor?> ReadAsync(RunId array, bool isExact, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_cursors.GetValueOrDefault(array));
    }

    public Task<int?> ClaimAsync(RunId array, ArrayClaim claim, int count, CancellationToken cancellation) =>
        Task.FromResult(Claim(array, count, cursor =>
        cursor.Epoch == claim.Epoch && cursor.Begun + claim.Children <= count
            && _claims.Add((array, claim with { Children = 0 })) ? cursor.Begun + claim.Children : null));

    public Task<int?> ClaimRestAsync(RunId array, int count, CancellationToken cancellation) =>
        Task.FromResult(Claim(array, count, _ => count));

    public Task<bool> ReplaceAsync(RunId array, ArrayCursor before, ArrayCursor after, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var known = _cursors.GetValueOrDefault(array) ?? ArrayCursor.None;
            if (known.Begun != before.Begun || known.Epoch != before.Epoch) return Task.FromResult(false);
            _cursors[array] = after;
            return Task.FromResult(true);
        }
    }

    public Task<long?> OffsetAsync(RunId array, int index, CancellationToken cancellation) =>
        Task.FromResult<long?>(_offsets.TryGetValue((array, index), out var offset) ? offset : null);

    public Task NoteOffsetAsync(RunId array, int index, long offset, CancellationToken cancellation)
    {
        _offsets[(array, index)] = offset;
        return Task.CompletedTask;
    }

    private int? Claim(RunId array, int count, Func<ArrayCursor, int?> begun)
    {
        lock (_gate)
        {
            if (_cursors.GetValueOrDefault(array) is not { } cursor || cursor.Begun >= count
                || begun(cursor) is not { } next) return null;
            _cursors[array] = cursor with { Begun = next };
            return cursor.Begun;
        }
    }
}
