using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <summary>
/// CPU that a stack's attempts may use at once, so that the account's Fargate quota is not run into. Present only when the stack sets a limit.
/// </summary>
public interface IVcpuBudget
{
    /// <summary>
    /// Takes a share; a holder that asks again still has its share. False when too little is left: that runs of the job wait is then
    /// remembered until <see cref="NobodyWaitsAsync"/>. A launch larger than the whole budget has its turn when nothing else runs.
    /// </summary>
    /// <param name="cpu">CPU units, 1,024 to the vCPU.</param>
    Task<bool> AcquireAsync(LaunchId launch, int cpu, CancellationToken cancellation);

    /// <summary>Gives the share back; a launch that holds none changes nothing.</summary>
    /// <returns>Jobs whose runs may wait for it.</returns>
    Task<IReadOnlyCollection<string>> ReleaseAsync(LaunchId launch, CancellationToken cancellation);

    /// <summary>Notes that no run of the job was found waiting.</summary>
    Task NobodyWaitsAsync(string job, CancellationToken cancellation);

    /// <summary>Who uses how much now.</summary>
    Task<VcpuUse> ReadAsync(CancellationToken cancellation);
}
