namespace Jobs.Core.Children;

/// <summary>
/// What is noted of 100 of a run's children that follow each other. Bit n is the child whose index is n above
/// <see cref="First"/>.
/// </summary>
/// <param name="Number">From 0.</param>
/// <param name="Begun">Whose runs are known to exist; those that have ended need not be among them.</param>
/// <param name="Failed">Those that ended without success. Should one be noted as both, it has succeeded.</param>
public readonly record struct ChildBlock(int Number, UInt128 Begun, UInt128 Succeeded, UInt128 Failed)
{
    public const int Size = 100;

    public int First => Number * Size;

    public UInt128 Ended => Succeeded | Failed;

    /// <summary>Number of the block that has this child.</summary>
    public static int Of(int index) => index / Size;

    public static UInt128 Bit(int index) => UInt128.One << (index % Size);

    /// <summary>The block's children whose indexes are below a number.</summary>
    public UInt128 Below(int count) =>
        Math.Clamp(count - First, 0, Size) is var children && children == 0 ? 0 : UInt128.MaxValue >> (128 - children);

    /// <summary>Whether all its children have ended.</summary>
    /// <param name="count">Children of the run.</param>
    public bool IsComplete(int count) => (Below(count) & ~Ended) == 0;
}
