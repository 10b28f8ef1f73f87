using Jobs.Core.Alerts;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>SNS as one process reaches it.</summary>
internal sealed class SimulatedAlerts(Process process) : IAlerts
{
    public Task PublishAsync(Alert alert, CancellationToken cancellation) => process.CallAsync("Publish", () =>
    {
        process.World.Witness.Published(alert);
        return alert.Subject;
    }, cancellation);
}
