using Jobs.Core.Ids;

namespace Jobs.Core.Slots;

/// <summary>
/// How a job's cap is divided into blocks. One item with all holders would cost more with each of them, and take no
/// more than a thousand writes a second; a block stays under 1 KB, so that a launch and its end together cost two write
/// units at any cap. A job with a cap of up to <see cref="Size"/> has one block.
/// </summary>
public static class SlotBlocks
{
    /// <summary>Slots of a block: so many holders' names fit into 1 KB.</summary>
    public const int Size = 24;

    /// <summary>Blocks that a cap is divided into.</summary>
    public static int Count(int cap) => (cap + Size - 1) / Size;

    /// <summary>
    /// Slots of one of the blocks: all are full but the last. 0 of a block that the cap does not reach.
    /// </summary>
    public static int LimitOf(int block, int cap) => Math.Clamp(cap - (block * Size), 0, Size);

    /// <summary>
    /// The block that a launch tries when it is unknown which has a free slot: derived from the launch, so that the
    /// next launch of a run that was refused tries another.
    /// </summary>
    public static int BlockOf(LaunchId launch, int cap) => (int)(launch.Hash % (uint)Count(cap));
}
