using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.InMemory;

/// <summary>Children's items in memory.</summary>
public sealed class InMemoryChildren : IChildren
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, SortedDictionary<int, ChildRun>> _children = [];
    private readonly Dictionary<(RunId Parent, int Number), ChildBlock> _blocks = [];

    public Task<ChildRun> RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var known = Of(parent).GetValueOrDefault(child.Index) ?? child;
            return Task.FromResult(Of(parent)[child.Index] = known with
            {
                Fingerprint = known.Fingerprint ?? child.Fingerprint,
                RegisteredAt = known.RegisteredAt ?? child.RegisteredAt,
            });
        }
    }

    public Task<EndingNote> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (child.State != RunState.Succeeded)
            {
                var known = Of(parent).GetValueOrDefault(child.Index) ?? child with { State = null };
                known = known.State is null ? known with { State = child.State, Error = child.Error } : known;
                Of(parent)[child.Index] = known;
            }

            var (block, bit) = (BlockOf(parent, child.Index), ChildBlock.Bit(child.Index));
            if ((block.Ended & bit) != 0) return Task.FromResult(new EndingNote(false, block));
            block = child.State == RunState.Succeeded ? block with { Succeeded = block.Succeeded | bit }
                : block with { Failed = block.Failed | bit };
            return Task.FromResult(new EndingNote(true, _blocks[(parent, block.Number)] = block));
        }
    }

    public Task NoteFailedAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation) =>
        NoteAsync(parent, indexes, (block, bit) => block with { Failed = block.Failed | bit });

    public Task NoteBegunAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation) =>
        NoteAsync(parent, indexes, (block, bit) => block with { Begun = block.Begun | bit });

    public Task<ChildBlocks> BlocksAsync(RunId parent, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(
            new ChildBlocks([.. _blocks.Where(block => block.Key.Parent == parent).Select(block => block.Value)]));
    }

    public Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, int from, int limit, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<ChildRun>>(
            [.. Of(parent).Values.Where(child => child.Index >= from).Take(limit)]);
    }

    private Task NoteAsync(RunId parent, IReadOnlyCollection<int> indexes, Func<ChildBlock, UInt128, ChildBlock> note)
    {
        lock (_gate)
        {
            foreach (var index in indexes)
            {
                var block = BlockOf(parent, index);
                _blocks[(parent, block.Number)] = note(block, ChildBlock.Bit(index));
            }
        }

        return Task.CompletedTask;
    }

    private ChildBlock BlockOf(RunId parent, int index) =>
        _blocks.TryGetValue((parent, ChildBlock.Of(index)), out var known) ? known
            : new ChildBlock(ChildBlock.Of(index), 0, 0, 0);

    private SortedDictionary<int, ChildRun> Of(RunId parent) =>
        _children.TryGetValue(parent, out var known) ? known : _children[parent] = [];
}
