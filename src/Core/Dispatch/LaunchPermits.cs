using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.Dispatch;

/// <summary>
/// What a launch must hold besides the launch rate: a slot when its job is capped, a share when the stack has a CPU budget. Taken in this
/// order, given back together; a run that needs neither costs no call.
/// </summary>
/// <param name="budget">Null when the stack sets no limit.</param>
public sealed class LaunchPermits(ISlots slots, IVcpuBudget? budget)
{
    /// <summary>Runs submitted now take a share of a budget.</summary>
    public bool HasBudget => budget is not null;

    /// <summary>Takes all that the run's launch needs, or nothing. A launch that has it already keeps it.</summary>
    public async Task<bool> AcquireAsync(Run run, CancellationToken cancellation)
    {
        if (run.Policy.MaxConcurrent is { } cap && !await slots.AcquireAsync(run.LaunchId, cap, cancellation)) return false;
        if (!run.Policy.Budgeted || budget is null || await budget.AcquireAsync(run.LaunchId, run.Size.Cpu, cancellation)) return true;
        // A crash before this is healed by the sweep: a run that is not Starting needs no slot.
        if (run.Policy.MaxConcurrent is not null) await slots.ReleaseAsync(run.LaunchId, cancellation);
        return false;
    }

    /// <summary>Gives back what the launch may hold.</summary>
    /// <returns>Jobs whose runs may wait for it.</returns>
    public async Task<IReadOnlyCollection<string>> ReleaseAsync(LaunchId launch, RunPolicy policy, CancellationToken cancellation)
    {
        var waits = policy.MaxConcurrent is not null && await slots.ReleaseAsync(launch, cancellation);
        var waiting = policy.Budgeted && budget is not null ? await budget.ReleaseAsync(launch, cancellation) : [];
        return waits && !waiting.Contains(launch.Run.Job) ? [launch.Run.Job, .. waiting] : waiting;
    }

    /// <summary>Notes that no run of the job was found waiting, so that the next release need not look.</summary>
    public async Task NobodyWaitsAsync(string job, CancellationToken cancellation)
    {
        await slots.NobodyWaitsAsync(job, cancellation);
        if (budget is not null) await budget.NobodyWaitsAsync(job, cancellation);
    }
}
