using Jobs.Core.Verdicts;

namespace Jobs.Core.Children;

/// <summary>How far a run's children are, of each of them, in 50 bytes for a hundred.</summary>
public sealed class ChildBlocks
{
    /// <summary>Children of one run.</summary>
    public const int MaxChildren = 10_000;

    private readonly SortedDictionary<int, ChildBlock> _blocks = [];

    /// <param name="blocks">Those in which anything is noted.</param>
    public ChildBlocks(IEnumerable<ChildBlock> blocks)
    {
        foreach (var block in blocks) _blocks[block.Number] = block;
    }

    /// <summary>How many have ended.</summary>
    /// <param name="count">Children of the run: what is noted of others does not count.</param>
    public int Ended(int count) => _blocks.Values.Sum(block => Number(block.Ended & block.Below(count)));

    /// <summary>How many ended without success.</summary>
    /// <param name="count">Children of the run.</param>
    public int Failed(int count) => Failures(count).Count();

    /// <summary>Indexes of those that ended without success, in order.</summary>
    /// <param name="count">Children of the run.</param>
    public IEnumerable<int> Failures(int count) =>
        _blocks.Values.SelectMany(block => Indexes(block, block.Failed & ~block.Succeeded & block.Below(count)));

    /// <summary>Indexes of those that have not ended, in order.</summary>
    /// <param name="count">Children of the run.</param>
    public IEnumerable<int> Unended(int count) => Missing(count, block => block.Ended);

    /// <summary>Indexes of those that have not ended and of which no run is known, in order.</summary>
    /// <param name="count">Children of the run.</param>
    public IEnumerable<int> Unbegun(int count) => Missing(count, block => block.Ended | block.Begun);

    /// <summary>
    /// How the child ended; null while it has not. Of one that did not succeed its own item knows more.
    /// </summary>
    public RunState? StateOf(int index)
    {
        var (block, bit) = (Block(ChildBlock.Of(index)), ChildBlock.Bit(index));
        if ((block.Succeeded & bit) != 0) return RunState.Succeeded;
        return (block.Failed & bit) != 0 ? RunState.Failed : null;
    }

    private ChildBlock Block(int number) =>
        _blocks.TryGetValue(number, out var known) ? known : new ChildBlock(number, 0, 0, 0);

    private IEnumerable<int> Missing(int count, Func<ChildBlock, UInt128> noted) =>
        Enumerable.Range(0, (count + ChildBlock.Size - 1) / ChildBlock.Size).Select(Block).SelectMany(block =>
            Indexes(block, block.Below(count) & ~noted(block)));

    private static IEnumerable<int> Indexes(ChildBlock block, UInt128 children)
    {
        for (var (index, left) = (block.First, children); left != 0; index++, left >>= 1)
        {
            if ((left & 1) != 0) yield return index;
        }
    }

    private static int Number(UInt128 children) => (int)UInt128.PopCount(children);
}
