using Jobs.Core.Messages;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The dead-letter queue as one process reaches it.</summary>
internal sealed class SimulatedDeadLetters(Process process) : IDeadLetters
{
    public Task SendAsync(
        string body,
        string reason,
        string? senders,
        CancellationToken cancellation) => process.CallAsync("SendDeadLetter", () =>
    {
        process.World.Witness.Rejected(body, reason);
        return true;
    }, cancellation);
}
