using Jobs.Core.InMemory;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The CPU budget as one process reaches it; its conditions are those of Core's own model.</summary>
internal sealed class SimulatedBudget(Process process, InMemoryVcpuBudget budget) : IVcpuBudget
{
    public Task<bool> AcquireAsync(LaunchId launch, int cpu, CancellationToken cancellation) =>
        process.CallAsync("AcquireShare", () => budget.AcquireAsync(launch, cpu, CancellationToken.None).Result, cancellation);

    public Task<IReadOnlyCollection<string>> ReleaseAsync(LaunchId launch, CancellationToken cancellation) =>
        process.CallAsync("ReleaseShare", () => budget.ReleaseAsync(launch, CancellationToken.None).Result, cancellation);

    public Task NobodyWaitsAsync(string job, CancellationToken cancellation) =>
        process.CallAsync("NobodyWaitsForShare", () => budget.NobodyWaitsAsync(job, CancellationToken.None).IsCompleted, cancellation);

    public Task<VcpuUse> ReadAsync(CancellationToken cancellation) =>
        process.CallAsync("Shares", () => budget.ReadAsync(CancellationToken.None).Result, cancellation);
}
