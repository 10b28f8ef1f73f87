using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Slots;

/// <summary>
/// What a launch must hold besides the launch rate: a slot when its job is capped. Caps are those of the present
/// deployment, whichever made the run. In a stack with a CPU budget only the dispatcher launches, because it alone
/// counts the budget.
/// </summary>
/// <param name="hasBudget">The stack sets a limit of CPU.</param>
public sealed class LaunchPermits(ISlots slots, JobCatalog catalog, bool hasBudget)
{
    /// <summary>All launches are the dispatcher's.</summary>
    public bool HasBudget => hasBudget;

    /// <summary>
    /// The permit of a run's next launch for a caller that launches it at once; null when it has to wait for the
    /// dispatcher.
    /// </summary>
    public LaunchPermit? Now(RunId run, int launch) => hasBudget
        ? null
        : new LaunchPermit(CapOf(run.Job) is { } cap ? SlotBlocks.BlockOf(new LaunchId(run, launch), cap) : null);

    /// <summary>
    /// The permit of a run that needs no slot and no budget; null when it needs one, or its job is not deployed.
    /// </summary>
    public LaunchPermit? Uncapped(RunId run) =>
        !hasBudget && catalog.Find(run.Job) is { MaxConcurrent: null } ? new LaunchPermit(null) : null;

    /// <summary>Takes what the run's launch needs. A launch that has it already keeps it.</summary>
    public async Task<bool> AcquireAsync(Run run, CancellationToken cancellation)
    {
        // A cap that a deployment has dropped since is none.
        if (run.Slot is not { } block || CapOf(run.Id.Job) is not { } cap) return true;
        return await slots.AcquireAsync(run.LaunchId, block, SlotBlocks.LimitOf(block, cap), cancellation);
    }

    /// <summary>Gives back what the launch may hold.</summary>
    /// <returns>Whether a run of its job may wait for it.</returns>
    public async Task<bool> ReleaseAsync(LaunchId launch, int? slot, CancellationToken cancellation) =>
        slot is { } block && await slots.ReleaseAsync(launch, block, cancellation);

    /// <summary>
    /// Notes that no run of the job was found waiting, so that the next release of the block need not look.
    /// </summary>
    public Task NobodyWaitsAsync(string job, int block, CancellationToken cancellation) =>
        slots.NobodyWaitsAsync(job, block, cancellation);

    private int? CapOf(string job) => catalog.Find(job)?.MaxConcurrent;
}
