using Jobs.Core.Ids;

namespace Jobs.Core.Slots;

/// <summary>
/// Permissions to be one of a capped job's concurrent attempts, in blocks of at most <see cref="SlotBlocks.Size"/>.
/// </summary>
public interface ISlots
{
    /// <summary>
    /// Takes a slot of a block; a holder that asks again still has it. False when all are taken: that a launch waits is
    /// then remembered until <see cref="NobodyWaitsAsync"/>.
    /// </summary>
    /// <param name="limit">Slots that the block has now.</param>
    Task<bool> AcquireAsync(LaunchId launch, int block, int limit, CancellationToken cancellation);

    /// <summary>
    /// Gives the slot back; a launch that holds none changes nothing. True when a run may wait for it.
    /// </summary>
    Task<bool> ReleaseAsync(LaunchId launch, int block, CancellationToken cancellation);

    /// <summary>Notes that no run of the job was found waiting, so that the next release need not look.</summary>
    Task NobodyWaitsAsync(string job, int block, CancellationToken cancellation);

    /// <summary>The blocks of a job of which something is stored. The read is consistent.</summary>
    Task<IReadOnlyList<SlotBlock>> ReadAsync(string job, CancellationToken cancellation);

    /// <summary>The blocks of all jobs, also of jobs that have no cap any more.</summary>
    Task<IReadOnlyList<SlotBlock>> ReadAllAsync(CancellationToken cancellation);
}
